#pragma once

#include "base/clock.h"
#include "base/file/file_lock.h"
#include "session/workspace.h"

namespace gs::workflow {

// Held by whoever opens a session in this worktree, or takes one up.
[[nodiscard]] FileLock lock_start(const session::Workspace& workspace, Timestamp now);
// Held by whoever ends a session of this worktree or sets it aside: a close may be at work.
[[nodiscard]] FileLock lock_out_closes(const session::Workspace& workspace, Timestamp now);

}  // namespace gs::workflow
