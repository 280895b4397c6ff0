#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "checks/plan_check.h"
#include "session/claim.h"
#include "session/current.h"
#include "session/workspace.h"
#include "snapshot/store.h"

namespace gs::workflow {

// The session at a glance: what `status` shows. No command runs.
// One that is set aside in this work tree.
struct PausedSession {
  std::string id;
  std::string name, title;         // "" if it has none
  std::string branch;              // "HEAD" for a detached one
  std::optional<Timestamp> since;  // absent: unknown
  std::string note = {};           // "" for none
  std::size_t in_tree = 0;         // its files that are still in the tree
  std::size_t shelved = 0;         // those that have left it
  std::string snapshot = {};       // ref of what was dirty; "" for nothing
  bool is_here = false;            // of the checked-out branch
};

struct Overview {
  std::optional<session::CurrentSession> session;
  std::string absence;  // why there is none
  bool is_set_up = true;
  std::vector<checks::ItemResult>
      items;  // plan items by what they touched so far; verify is not run
  std::vector<session::OwnedChange> changes;  // uncommitted
  std::vector<git::LeftOut> left_out;         // paths whose state is unknown
  // Of untracked files that are one owner's and in a directory without a tracked one, two at least:
  // the topmost such directory.
  std::map<RepoPath, RepoPath> folded;
  std::set<RepoPath> unmerged;                  // of a merge that is not finished
  std::size_t commits = 0;                      // the session's own, since its base
  std::string head = {};                        // what is checked out: a branch, or where HEAD is
  std::vector<snapshot::Snapshot> snapshots;    // of this session
  std::optional<std::string> unfinished_close;  // since when
  std::vector<session::RunningSession> others;  // in any worktree of this repository
  std::vector<PausedSession> paused;            // the last one first; not among `others`
  bool is_paused = false;                       // why there is none: those here are paused
  std::vector<std::string> warnings;
  std::string next_step;
};
[[nodiscard]] Overview overview(const session::Workspace& workspace,
                                session::Counts counts = session::Counts::Active);

}  // namespace gs::workflow
