#pragma once

#include <optional>
#include <string>
#include <vector>

#include "git/object_id.h"
#include "session/baseline.h"
#include "session/claim.h"
#include "session/not_own.h"
#include "session/pauses.h"
#include "session/plan.h"
#include "session/state_file.h"
#include "session/state_scan.h"
#include "session/wave_scope.h"
#include "session/workspace.h"

namespace gs::session {

// The session of a work tree, read from its files.
struct CurrentSession {
  std::string id;
  StateFile state;
  std::string state_text;  // STATE.md, byte for byte; "" with persistence off
  std::optional<Plan> plan;
  std::string plan_text;
  std::optional<WaveScope> scope;
  std::optional<Baseline> baseline;
  HandClaims hand_claims;
  // The commit it started from, or what was pulled on top of that; absent: the empty tree.
  std::optional<git::ObjectId> base;
  Pauses pauses;
  NotOwn not_own;           // commits since its start
  std::string base_reason;  // "session-start-ref", "merge base with origin/main", "--base"
  std::vector<std::string> warnings;
  std::vector<std::string> more_docs;  // patterns of docs tasks from elsewhere

  [[nodiscard]] Claim claim(const Workspace& workspace) const;
};

enum class Absence { NoState, Completed, OtherBranch, Paused };
struct SessionLookup {
  std::optional<CurrentSession> session;
  std::optional<Absence> absence;  // why there is none
  std::string detail;              // for people
};
// The whole statement, from a lookup's detail.
[[nodiscard]] std::string none_is_open(const std::string& absence);

// Which sessions count beside an active one: with an unfinished close a completed one, too; a
// paused one.
enum class Counts { Active, Closing, Paused };
// The session of this state directory and the checked-out branch. `base_option`: --base. With
// persistence off, a base is enough. Anything ignored or guessed (a broken key, a missing start
// ref) is in its warnings. Throws if STATE.md or the plan cannot be read.
[[nodiscard]] SessionLookup find_current_session(const Workspace& workspace,
                                                 const std::optional<std::string>& base_option,
                                                 Counts counts = Counts::Active);

// An active or paused STATE.md of any worktree, in either home (including session.state-dir), or a
// session with an unfinished close, whatever its STATE.md says.
struct RunningSession {
  std::string id;
  std::string name;             // "" if it has none
  std::string worktree;         // absolute; "" if it is gone
  std::string state_directory;  // name; "" if private, or only known from its unfinished close
  Status status;
  std::string branch;

  // Its name, else its id: what --session takes.
  [[nodiscard]] const std::string& called() const { return name.empty() ? id : name; }
};
// Unreadable ones are reported in `problems`, never skipped silently: a session may be running
// there, and gc must protect it.
[[nodiscard]] std::vector<RunningSession> running_sessions(const git::Repository& repository,
                                                           std::vector<std::string>* problems);
// The plan of a state directory; absent if there is none or it cannot be read.
[[nodiscard]] std::optional<Plan> read_plan(const git::Repository& repository,
                                            const FilePlace& state_directory,
                                            std::vector<std::string>& problems);
// The claim of a session in another state directory of this work tree: of one at work what it
// names, of a paused one what it has left in the tree, but not what it was going to change.
// Unreadable parts are reported in `problems`, and the rest of the claim remains.
[[nodiscard]] OtherClaim claim_of_other(const git::Repository& repository, const FoundState& found,
                                        std::vector<std::string>& problems);
// What was dirty when that session started; absent without a record or, reported in `problems`, if
// it cannot be read.
[[nodiscard]] std::optional<Baseline> baseline_of_other(const git::Repository& repository,
                                                        const FoundState& found,
                                                        std::vector<std::string>& problems);
// Claims of the other sessions of this work tree: of those at work on this branch, and what paused
// ones have left in the tree. Unreadable parts are reported in `problems`.
[[nodiscard]] std::vector<OtherClaim> other_claims(const Workspace& workspace,
                                                   std::vector<std::string>* problems = nullptr);

// The commit that a session started from.
struct BaseCommit {
  std::optional<git::ObjectId> commit;  // absent: the empty tree
  std::string reason;
  bool guessed = false;  // the session's start is unknown
};

// `option` (--base), else `start_ref` if it exists, else the merge base with the remote's default
// branch, else the empty tree. Throws if `option` does not name a commit.
[[nodiscard]] BaseCommit choose_base(const Workspace& workspace,
                                     const std::optional<std::string>& option,
                                     const std::string& start_ref,
                                     std::vector<std::string>& warnings);

}  // namespace gs::session
