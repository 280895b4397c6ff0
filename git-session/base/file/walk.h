#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gs {

// What lies below a directory. Paths are relative to it, in no particular order between
// directories.
struct Walk {
  std::vector<std::string> files;     // regular files
  std::vector<std::string> links;     // symbolic links: named, never followed
  std::vector<std::string> problems;  // "cannot list 'x': …", for people
};
// `enters`: whether a file or directory of that name counts (a directory that does not is not
// visited). Directories more than 100 deep are reported and not visited.
[[nodiscard]] Walk walk_directory(const std::string& directory,
                                  const std::function<bool(std::string_view name)>& enters);

// Whether the path leads to a directory, through symbolic links too; false where that cannot be
// told.
[[nodiscard]] bool leads_to_directory(const std::string& path);

}  // namespace gs
