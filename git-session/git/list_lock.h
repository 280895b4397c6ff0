#pragma once

#include <string_view>

#include "base/file/file_lock.h"
#include "git/repository.h"

namespace gs::git {

// A list or file that several processes of ours change at once. It has one lock,
// git-session/locks/<name> in the git directory, which is held from reading it to writing it.
struct ListLock {
  std::string_view name;
  std::string_view what;  // in messages: "cannot change <what>: locked by …"
  enum class Of { Worktree, Repository } of = Of::Worktree;
};

// Waits ten seconds, then throws and names the holder. Not recursive.
[[nodiscard]] FileLock lock_list(const Repository& repository, const ListLock& list);

}  // namespace gs::git
