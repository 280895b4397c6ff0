#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "git/repository.h"

namespace gs::git {

// A "NAME.lock" by which git, or a program like it, keeps others from writing NAME. It does not
// name its owner.
struct LockFile {
  std::string path;  // absolute
  Timestamp made;
  bool ours = false;  // an unfinished command of this program has it (git/ref_locks, RealIndex)
};
// Those in all git directories of the repository, by path. Nothing is written.
[[nodiscard]] std::vector<LockFile> list_lock_files(const Repository& repository);

}  // namespace gs::git
