#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "session/workspace.h"
#include "snapshot/restore/restore_plan.h"

namespace gs::workflow {

struct ResumeRequest {
  std::string session = {};  // id or name; "": the paused one of the checked-out branch
  bool merge = false;        // what was shelved, with what HEAD has changed since
  bool dry_run = false;
};
struct ResumeResult {
  std::string session;
  std::string name, title;  // "" if it has none
  std::string branch;       // "HEAD" for a detached one
  std::optional<Timestamp> paused_at;
  Timestamp resumed_at;
  std::string note;              // "" for none
  std::size_t commits = 0;       // made meanwhile, and none of its work
  std::vector<RepoPath> others;  // dirty since, and none of its work
  std::string snapshot;          // ref of what was dirty at the pause; "" for nothing
  snapshot::RestorePlan plan;    // what comes back; nothing is written if something is in its way
  std::vector<RepoPath> moved;   // changed under us, and stay as they are
  std::vector<std::string> warnings;
};
// Takes a paused session up: shelved changes come back by the steps of a restore, and STATE.md says
// active again. What was committed or became dirty meanwhile is none of its work. Never switches
// branches: refuses on another one, and beside a session that was begun since the pause. Repeated
// after a kill, it finishes.
[[nodiscard]] ResumeResult resume(const session::Workspace& workspace, const ResumeRequest& request,
                                  const Clock& clock);

}  // namespace gs::workflow
