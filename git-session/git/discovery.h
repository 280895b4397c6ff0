#pragma once

#include <string>

#include "git/libgit2.h"

namespace gs::git {

// The repository that git would use in `directory`, and where its parts are. Throws as
// Repository::open does.
struct Discovered {
  RepositoryHandle handle;
  std::string work_tree;
  std::string git_dir;
  std::string common_dir;
  std::string prefix;
  GitCommand::Environment environment;  // for git when it runs at the top of the work tree
};
[[nodiscard]] Discovered discover(const std::string& directory);

}  // namespace gs::git
