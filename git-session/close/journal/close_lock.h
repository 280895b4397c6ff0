#pragma once

#include <optional>
#include <string>

#include "base/file/file_lock.h"
#include "session/workspace.h"

namespace gs::close {

// One close at a time in a worktree.
[[nodiscard]] std::optional<FileLock> lock_close(const session::Workspace& workspace, Timestamp now,
                                                 std::optional<LockHolder>* holder);
[[nodiscard]] std::string describe(const std::optional<LockHolder>& holder);

}  // namespace gs::close
