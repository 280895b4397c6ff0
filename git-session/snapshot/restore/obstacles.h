#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/file/tree_files.h"
#include "snapshot/restore/file_steps.h"

namespace gs::snapshot {

// Something other than a file is where a file is going to be, or above it.
struct Obstacle {
  std::string why;
  std::optional<RepoPath> above = {};  // a file or a link where a directory has to be
};

// Reads each directory only once, so a later change is not seen.
class ObstacleFinder {
 public:
  // `steps`: all that are going to be taken; what they remove is in no way.
  ObstacleFinder(const TreeFiles& files, const std::map<RepoPath, FileStep>& steps)
      : files_(files), steps_(steps) {}
  [[nodiscard]] std::optional<Obstacle> find(const RepoPath& path);

 private:
  [[nodiscard]] std::optional<Obstacle> find_above(const RepoPath& path);
  [[nodiscard]] bool is_removed(const RepoPath& path) const;
  [[nodiscard]] std::optional<RepoPath> first_that_stays(const RepoPath& directory) const;

  const TreeFiles& files_;
  const std::map<RepoPath, FileStep>& steps_;
  std::set<RepoPath> plain_;  // directories
};

}  // namespace gs::snapshot
