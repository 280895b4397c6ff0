#include "close/journal/close_lock.h"

#include "base/file/file.h"
#include "close/journal/journal.h"

namespace gs::close {

std::optional<FileLock> lock_close(const session::Workspace& workspace, Timestamp now,
                                   std::optional<LockHolder>* holder) {
  make_directories(Journal::directory(workspace));
  return FileLock::try_acquire(join_path(Journal::directory(workspace), "lock"), now, holder);
}

std::string describe(const std::optional<LockHolder>& holder) {
  if (!holder) return "another close is running in this worktree";
  return "another close is running in this worktree: pid " + std::to_string(holder->pid) +
         ", since " + format_utc(holder->since);
}

}  // namespace gs::close
