#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/file/tree_files.h"
#include "snapshot/restore/file_steps.h"

namespace gs::snapshot {

// Something other than a file is where a file is going to be, or above it.
struct Obstacle {
  std::string why;
  std::optional<RepoPath> above = {};  // a file or a link where a directory has to be
};
// `steps`: all that are going to be taken; what they remove is in no way.
[[nodiscard]] std::optional<Obstacle> find_obstacle(const TreeFiles& files,
                                                    const std::map<RepoPath, FileStep>& steps,
                                                    const RepoPath& path);

}  // namespace gs::snapshot
