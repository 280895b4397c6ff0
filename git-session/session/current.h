#pragma once

#include <optional>
#include <string>
#include <vector>

#include "git/object_id.h"
#include "session/baseline.h"
#include "session/claim.h"
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
  std::optional<git::ObjectId> base;  // the commit that it started from; absent: the empty tree
  std::string base_reason;  // "session-start-ref", "merge base with origin/main", "--base"
  std::vector<std::string> warnings;
  std::vector<std::string> more_docs;  // patterns of docs tasks that neither file lists

  [[nodiscard]] Claim claim(const Workspace& workspace) const;
};

enum class Absence { NoState, Completed, OtherBranch };
struct SessionLookup {
  std::optional<CurrentSession> session;
  std::optional<Absence> absence;  // why there is none
  std::string detail;              // for people
};
// The session of this state directory that is active or paused and of the branch that is checked
// out. `base_option`: --base. With persistence off the session exists as soon as a base is found.
// What was passed over or guessed (a broken key, a start ref that is gone) stands in its warnings.
// Throws on a STATE.md or plan that cannot be read. `closing`: an unfinished close exists, and a
// STATE.md that says completed counts.
[[nodiscard]] SessionLookup find_current_session(const Workspace& workspace,
                                                 const std::optional<std::string>& base_option,
                                                 bool closing = false);

// Where several sessions of this branch go on in this work tree, and nothing says which is meant
// (no configured state directory, no running platform): all of them. Else empty.
[[nodiscard]] std::vector<FoundState> equally_current_states(const Workspace& workspace);

// A STATE.md that is active or paused, in any state directory of any worktree (one that
// session.state-dir names included), and a session whose close is unfinished, whatever its STATE.md
// says.
struct RunningSession {
  std::string id;
  std::string worktree;         // absolute
  std::string state_directory;  // name; "" when only its unfinished close tells of it
  Status status;
  std::string branch;
};
// Unreadable ones are reported in `problems`, never skipped silently: gc must protect what it
// cannot read. A problem means: somebody may be running there.
[[nodiscard]] std::vector<RunningSession> running_sessions(const git::Repository& repository,
                                                           std::vector<std::string>* problems);
// The plan of a state directory, as far as it can be read.
[[nodiscard]] std::optional<Plan> read_plan(const git::Repository& repository,
                                            const std::string& state_directory,
                                            std::vector<std::string>& problems);
// The claim of a session in another state directory of this work tree. A part that cannot be read
// is named in `problems` and leaves the rest of the claim.
[[nodiscard]] Claim claim_of_other(const git::Repository& repository, const FoundState& found,
                                   std::vector<std::string>& problems);
// What was dirty when that session started; absent where there is no record or it cannot be read,
// which is named in `problems`.
[[nodiscard]] std::optional<Baseline> baseline_of_other(const git::Repository& repository,
                                                        const FoundState& found,
                                                        std::vector<std::string>& problems);
// Claims of the other running sessions of this branch in this work tree. What cannot be read is
// named in `problems`.
[[nodiscard]] std::vector<OtherClaim> other_claims(const Workspace& workspace,
                                                   std::vector<std::string>* problems = nullptr);

// The commit that a session started from.
struct BaseCommit {
  std::optional<git::ObjectId> commit;  // absent: the empty tree
  std::string reason;
  bool guessed = false;  // nothing says where the session started
};

// `option` (--base), else `start_ref` while it exists, else the merge base with the remote's
// default branch, else the empty tree. Throws when `option` names no commit.
[[nodiscard]] BaseCommit choose_base(const Workspace& workspace,
                                     const std::optional<std::string>& option,
                                     const std::string& start_ref,
                                     std::vector<std::string>& warnings);

}  // namespace gs::session
