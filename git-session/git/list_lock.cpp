#include "git/list_lock.h"

#include "base/file/file.h"

namespace gs::git {

FileLock lock_list(const Repository& repository, const ListLock& list) {
  const bool shared = list.of == ListLock::Of::Repository;
  const std::string& directory = shared ? repository.common_dir() : repository.git_dir();
  return FileLock::acquire(join_path(directory, "git-session/locks/" + std::string(list.name)),
                           list.what);
}

}  // namespace gs::git
