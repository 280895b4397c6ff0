#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/repo_path.h"

namespace gs::checks {

// How a command that runs elsewhere, with these directories of a work tree linked there, would get
// back to the work tree: a symbolic link, or a package that is installed as a reference to its
// sources (pip's editable installs, composer's autoloader).
struct WaysBack {
  std::vector<std::string> places = {};    // as from RepoPath::quoted(), the shallowest first
  std::vector<std::string> problems = {};  // why not everything was searched
};
// `work_tree` is absolute and real; each of `shared` is a directory in it. What leads from one
// shared directory into another is none. At most `most_entries` files and directories are visited.
[[nodiscard]] WaysBack find_ways_back(const std::string& work_tree,
                                      const std::vector<RepoPath>& shared,
                                      std::size_t most_entries);

// Whether the file or directory that an absolute path leads to is in the work tree, and in none of
// the shared directories.
[[nodiscard]] bool leads_back(const std::string& path, const std::string& work_tree,
                              const std::vector<RepoPath>& shared);

}  // namespace gs::checks
