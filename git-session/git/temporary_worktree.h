#pragma once

#include <string>
#include <vector>

#include "base/file/file.h"
#include "git/object_id.h"
#include "git/repository.h"

namespace gs::git {

// A linked worktree of exactly one tree, removed at the end of scope. HEAD is detached at the
// repository's commit (without one, at an empty commit), so that `git describe` and `git diff HEAD`
// answer as in the work tree; the index holds the tree. It is checked out with git's own filters
// and the sparse patterns of the repository, without hooks, and nothing is fetched for it. Neither
// a ref nor the repository's index is touched.
//
// A linked worktree, not GIT_DIR and GIT_WORK_TREE: with those in the environment, every git that a
// command runs in another repository (a submodule, a package's checkout) would act on this one.
class TemporaryWorktree {
 public:
  // Throws with git's message if it cannot be checked out.
  TemporaryWorktree(const Repository& repository, const ObjectId& tree);
  TemporaryWorktree(const TemporaryWorktree&) = delete;
  TemporaryWorktree& operator=(const TemporaryWorktree&) = delete;
  // As `remove`; what cannot be removed is left for remove_stale_worktrees.
  ~TemporaryWorktree();
  void remove();  // throws where something in it cannot be removed

  [[nodiscard]] const std::string& path() const { return path_; }  // absolute

 private:
  void check_out(const Repository& repository, const ObjectId& tree) const;

  std::string common_dir_;
  std::string note_;  // a file that is locked as long as the worktree is in use; it names `top_`
  UniqueFd lock_;
  std::string top_;   // holds only the worktree
  std::string path_;  // called like the work tree: some tools name things by their directory
};

// What killed processes have left: the directories that hold such a worktree, absolute. Nothing is
// written.
[[nodiscard]] std::vector<std::string> stale_worktrees(const Repository& repository);
// Removes them, with git's records of them. What cannot be removed is left for the next time.
void remove_stale_worktrees(const Repository& repository);

// Whether a worktree with that path is one of these, of whichever process.
[[nodiscard]] bool is_temporary_worktree(const std::string& path);

// Where they are made: the user's cache directory. Above it lies nothing of the work tree, as it
// would above a place in the git directory: there a tool that searches the directories above its
// own (for node_modules, a Cargo.toml, a linter's configuration) leaves the worktree again, and
// others (jest) read nothing below a directory called .git. In a shared /tmp, which is taken only
// without a home directory outside the work tree, other users could put such files above it.
[[nodiscard]] std::string directory_of_temporary_worktrees(const std::string& work_tree);

}  // namespace gs::git
