#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gs {

// The contents of a directory tree. Paths are relative to its top; directories come in no
// particular order.
struct Walk {
  std::vector<std::string> files;     // regular files
  std::vector<std::string> links;     // symbolic links, never followed
  std::vector<std::string> problems;  // "cannot list 'x': …", for people
};
// `enters`: whether to include a file or directory of that name. Directories nested more than 100
// deep are reported and not visited.
[[nodiscard]] Walk walk_directory(const std::string& directory,
                                  const std::function<bool(std::string_view name)>& enters);

// Whether the path is a directory or a symbolic link to one; false if stat(2) fails.
[[nodiscard]] bool leads_to_directory(const std::string& path);

}  // namespace gs
