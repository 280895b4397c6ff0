#pragma once

#include <string>
#include <vector>

#include "git/config/values.h"
#include "git/repository.h"

namespace gs::githooks {

enum class DirectoryKind {
  Private,  // in the git directory, or ignored in the work tree: nothing else uses it
  Project,  // in the work tree, tracked or about to be: part of the project
  Shared,   // outside of this repository: other repositories use it too
  Off,      // not a directory, such as /dev/null: hooks are switched off
};
[[nodiscard]] std::string_view kind_name(DirectoryKind kind);  // "private", …

// Where git looks for hook files (git rev-parse --git-path hooks).
struct HooksDirectory {
  std::string path;  // absolute; need not exist
  DirectoryKind kind = DirectoryKind::Private;
  std::string setting;  // core.hooksPath; "" if unset
  std::string origin;   // where that is set: "file:.git/config"
};
[[nodiscard]] HooksDirectory find_hooks_directory(const git::Repository& repository,
                                                  const std::vector<git::ConfigValue>& config);

}  // namespace gs::githooks
