#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "git/repository.h"
#include "githooks/call.h"
#include "session/baseline.h"
#include "session/claim.h"
#include "session/scope_check.h"
#include "session/state_scan.h"

namespace gs::githooks {

// The sessions at work in a work tree, from their STATE.md alone: no repository is opened and no
// program runs, so that a hook costs nothing without a session. A scope that is in force without a
// session counts as one, with the id "".
struct RunningStates {
  std::vector<session::FoundState> states;
  std::vector<session::FoundState> paused;  // whose changes may still be in the tree
  std::optional<std::string> branch;        // the checked-out one; absent: detached
  std::string configured;                   // session.state-dir; "" if unset
  std::vector<std::string> problems;        // why a STATE.md was skipped
};
[[nodiscard]] RunningStates find_running(const HookCall& call);

// The sessions that may have made these commits of `branch`: not one that is closing, which has
// decided on its commits; the one of the configured state directory, else of the running platform
// if it has one (docs/formats.md, "State directory"); else any.
[[nodiscard]] std::vector<session::FoundState> sessions_at_work(
    const RunningStates& running, const std::optional<std::string>& branch);

// What decides whether a session owns a path.
struct HookSession {
  session::FoundState found;
  session::ScopeCheck scope;  // without a file, its enforcement is not read yet
  session::Claim claim;
  std::vector<session::OtherClaim> others;
  std::optional<session::Baseline> baseline;
};
// The running sessions, each read once, when needed. What cannot be read is reported in `problems`
// and ignored.
class SessionReader {
 public:
  SessionReader(const git::Repository& repository, const RunningStates& running)
      : repository_(repository), running_(running) {}
  [[nodiscard]] const HookSession& read(const session::FoundState& found);
  [[nodiscard]] std::vector<const HookSession*> read(const std::vector<session::FoundState>& found);
  [[nodiscard]] const RunningStates& running() const { return running_; }
  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }

 private:
  const git::Repository& repository_;
  const RunningStates& running_;
  std::map<FilePlace, HookSession> sessions_;  // by state directory
  std::vector<std::string> problems_;
};

// How the session's violations count: only by its scope file; without one, by the configured value
// (read only now: that takes a run of git).
[[nodiscard]] session::Enforcement enforcement_of(const HookSession& session);

}  // namespace gs::githooks
