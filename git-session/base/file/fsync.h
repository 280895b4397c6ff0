#pragma once

#include <string>
#include <string_view>

// What the writing functions of file.h share.
namespace gs {

// The directory that holds `path`; "." for a bare name.
[[nodiscard]] std::string parent_directory(std::string_view path);
// The name that is to be replaced: where `path` is a symlink, what it leads to (there or not).
[[nodiscard]] std::string follow_links(std::string path);
// Makes a created, renamed or removed entry last: fsync of the directory that holds `path`.
void sync_directory_of(const std::string& path);
// All of `content`, however many writes that takes; 0 or the errno of the write that failed.
[[nodiscard]] int write_fully(int fd, std::string_view content);

}  // namespace gs
