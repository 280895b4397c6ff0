#include "workflow/session_locks.h"

#include "base/error.h"
#include "base/file/file.h"
#include "session/closing.h"

namespace gs::workflow {

FileLock lock_start(const session::Workspace& workspace, Timestamp now) {
  const std::string path = workspace.own_path("start.lock");
  make_directories(path.substr(0, path.rfind('/')));
  std::optional<LockHolder> holder;
  auto lock = FileLock::try_acquire(path, now, &holder);
  if (!lock) {
    throw refused("another session is being started or resumed in this worktree: " +
                  describe_holder(holder))
        .with_hint("wait for it, or end that process");
  }
  return std::move(*lock);
}

FileLock lock_out_closes(const session::Workspace& workspace, Timestamp now) {
  std::optional<LockHolder> holder;
  auto lock = session::try_lock_close(workspace.repository.git_dir(), now, &holder);
  if (!lock) {
    throw refused("a close is running in this worktree: " + describe_holder(holder))
        .with_hint("wait for it, or end that process");
  }
  return *std::move(lock);
}

}  // namespace gs::workflow
