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
// `open`: opens such a directory ("" is the top), -1 with errno if that fails.
[[nodiscard]] Walk walk_directory(const std::function<int(const std::string& directory)>& open,
                                  const std::function<bool(std::string_view name)>& enters);

}  // namespace gs
