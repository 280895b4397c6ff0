#pragma once

#include <optional>
#include <string>

namespace gs::githooks {

// What the files of a checkout say, read without a repository being opened.

// The git directory of a work tree: its ".git", or where a file of that name (a linked worktree's,
// a submodule's) points. "" where there is none.
[[nodiscard]] std::string git_dir_at(const std::string& work_tree);
// The branch that is checked out; absent when HEAD is detached.
[[nodiscard]] std::optional<std::string> checked_out_branch(const std::string& git_dir);
// A path as somebody in `directory` means it.
[[nodiscard]] std::string path_from(const std::string& directory, const std::string& path);

}  // namespace gs::githooks
