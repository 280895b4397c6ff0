#pragma once

#include <optional>
#include <string>

// What the files of a checkout say (gitrepository-layout(5)), read without libgit2 and without
// another process: git's hooks call it each time.
namespace gs::git {

// The git directory of a work tree: its ".git", or where a file of that name (a linked worktree's,
// a submodule's) points. Absent where there is none, and where the file points nowhere.
[[nodiscard]] std::optional<std::string> git_dir_at(const std::string& work_tree);
// The one that git uses there: what GIT_DIR names, else `git_dir_at`.
[[nodiscard]] std::optional<std::string> git_dir_of(const std::string& work_tree);
// The directory that a git directory shares with the other worktrees; itself where it shares none.
[[nodiscard]] std::string common_dir_of(const std::string& git_dir);
// The path that a file of a git directory ("gitdir", "commondir") holds, as one from there.
[[nodiscard]] std::optional<std::string> path_in_file(const std::string& git_dir, const char* name);
// The branch that is checked out; absent when HEAD is detached.
[[nodiscard]] std::optional<std::string> checked_out_branch(const std::string& git_dir);

struct Checkout {
  std::string work_tree;
  std::string git_dir;
};
// The one that a directory (absolute, need not exist) lies in: the nearest directory upwards with a
// ".git". Absent where there is none.
[[nodiscard]] std::optional<Checkout> find_checkout(const std::string& directory);

}  // namespace gs::git
