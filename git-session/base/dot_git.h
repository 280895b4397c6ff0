#pragma once

#include <string_view>

// Names that some file system takes for ".git" (git's verify_path, is_ntfs_dotgit, is_hfs_dotgit).
namespace gs {

// Whether a name starts with `lower`, in any case.
[[nodiscard]] bool starts_with_ignoring_case(std::string_view text, std::string_view lower);
// NTFS drops spaces and dots at the end of a name; a stream of the file follows ':'.
[[nodiscard]] bool ends_for_ntfs(std::string_view rest, std::string_view separators);
// ".git" or "git~1" as NTFS reads them, at the beginning of `rest`, which may continue after a
// separator.
[[nodiscard]] bool is_ntfs_git(std::string_view rest);
// `lower` in any case and with the characters that HFS+ ignores; may continue after '/'.
[[nodiscard]] bool is_hfs_name(std::string_view name, std::string_view lower);

// Whether any file system takes the segment of a path, or a part of it between backslashes, for
// git's directory.
[[nodiscard]] bool is_dot_git(std::string_view segment);

}  // namespace gs
