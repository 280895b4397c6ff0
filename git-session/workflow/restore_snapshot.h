#pragma once

#include <string>
#include <vector>

#include "session/workspace.h"
#include "snapshot/restore/restore.h"

namespace gs::workflow {

struct RestoreOptions {
  std::vector<std::string> paths;  // as typed
  bool force = false;
  bool merge = false;
  bool dry_run = false;
};

// snapshot::restore for the open session of the workspace: other sessions' changes and what was
// dirty before it began are others', its records are no work.
[[nodiscard]] snapshot::RestoreResult restore_snapshot(const session::Workspace& workspace,
                                                       const snapshot::Snapshot& snapshot,
                                                       const RestoreOptions& options);

}  // namespace gs::workflow
