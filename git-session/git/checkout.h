#pragma once

#include <optional>
#include <string>
#include <string_view>

// A checkout's files (gitrepository-layout(5)), read without libgit2 and without another process,
// since every git hook reads them.
namespace gs::git {

// The git directory of a work tree: its ".git", or the directory that a ".git" file names (linked
// worktree, submodule). Absent if there is none or the file names nothing.
[[nodiscard]] std::optional<std::string> git_dir_at(const std::string& work_tree);
// The git directory that git uses there: GIT_DIR if set, else `git_dir_at`.
[[nodiscard]] std::optional<std::string> git_dir_of(const std::string& work_tree);
// The directory that a git directory shares with other worktrees; itself if it shares none.
[[nodiscard]] std::string common_dir_of(const std::string& git_dir);
// The path in a file of a git directory ("gitdir", "commondir"), resolved against that directory.
[[nodiscard]] std::optional<std::string> path_in_file(const std::string& git_dir, const char* name);
// The checked-out branch; absent if HEAD is detached.
[[nodiscard]] std::optional<std::string> checked_out_branch(const std::string& git_dir);

// Whether `git branch -m` has made the checked-out branch `now` out of `before`, in one step or in
// several, as HEAD's reflog has it.
[[nodiscard]] bool was_renamed(const std::string& git_dir, std::string_view before,
                               const std::string& now);

// A work tree and its git directory, both absolute.
struct Checkout {
  std::string work_tree;
  std::string git_dir;
};
// The checkout that contains a directory (absolute, need not exist): the nearest directory upwards
// with a ".git". Absent if there is none.
[[nodiscard]] std::optional<Checkout> find_checkout(const std::string& directory);

}  // namespace gs::git
