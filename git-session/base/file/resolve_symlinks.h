#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gs {

// Where an absolute path leads when it is opened to be written: every symbolic link followed, the
// last one too. The file, and directories on the way, need not exist; what does not is taken
// literally. Absent when links never end.
[[nodiscard]] std::optional<std::string> resolve_symlinks(std::string_view path);
// An absolute path without "." , ".." and empty segments; no link is looked at.
[[nodiscard]] std::string normalize_path(std::string_view path);

}  // namespace gs
