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

// The sessions that go on in a work tree, from their STATE.md alone: no repository is opened and no
// program runs, so that a hook costs nothing where there is no session. A scope that is in force
// without a session is one of them, with the id "".
struct RunningStates {
  std::vector<session::FoundState> states;
  std::optional<std::string> branch;  // that is checked out; absent: detached
  std::string configured;             // session.state-dir; "" where there is none
  std::vector<std::string> problems;  // why a STATE.md was passed over
};
[[nodiscard]] RunningStates find_running(const HookCall& call);

// Those whose commits of `branch` these may be: a session that is closing has decided on its
// commits; the configured state directory's, else the running platform's session where it is one
// (docs/formats.md, "State directory"); else any.
[[nodiscard]] std::vector<session::FoundState> sessions_at_work(
    const RunningStates& running, const std::optional<std::string>& branch);

// What decides whether a path is a session's.
struct HookSession {
  session::FoundState found;
  session::ScopeCheck scope;  // where there is no file, its enforcement is not read yet
  session::Claim claim;
  std::vector<session::OtherClaim> others;
  std::optional<session::Baseline> baseline;
};
// The running sessions, read when they are needed, and each once. What cannot be read is named in
// `problems`, and does not count.
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
  std::map<std::string, HookSession> sessions_;  // by state directory
  std::vector<std::string> problems_;
};

// How the session's violations count: what its scope file says, which decides alone; where there is
// none the configured value (read only now: that takes a run of git).
[[nodiscard]] session::Enforcement enforcement_of(const HookSession& session);

}  // namespace gs::githooks
