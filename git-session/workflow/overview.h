#pragma once

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
struct Overview {
  std::optional<session::CurrentSession> session;
  std::string absence;  // why there is none
  bool is_set_up = true;
  std::vector<checks::ItemResult>
      items;  // plan items by what they touched so far; verify is not run
  std::vector<session::OwnedChange> changes;    // uncommitted
  std::vector<git::LeftOut> left_out;           // paths whose state is unknown
  std::set<RepoPath> unmerged;                  // of a merge that is not finished
  std::size_t commits = 0;                      // since the session's base
  std::vector<snapshot::Snapshot> snapshots;    // of this session
  std::optional<std::string> unfinished_close;  // since when
  std::vector<session::RunningSession> others;  // in any worktree of this repository
  std::vector<std::string> warnings;
  std::string next_step;
};
[[nodiscard]] Overview overview(const session::Workspace& workspace);

}  // namespace gs::workflow
