#pragma once

#include <string>

#include "git/repository.h"

namespace gs::git {

// A path as typed in the directory where the command was called, from the top of the work tree
// (`git rev-parse --prefix`); "" for the top. Throws if it leads out of the tree. What is there
// does not matter.
[[nodiscard]] RepoPath typed_path(const Repository& repository, const std::string& typed);

// A path from the top as one types it in `prefix` (Repository::prefix): "../src/a.c"; with a "/" at
// its end if `path` has one.
[[nodiscard]] std::string relative_path(const std::string& path, const std::string& prefix);

}  // namespace gs::git
