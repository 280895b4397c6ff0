#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/repo_path.h"
#include "git/object_id.h"
#include "git/repository.h"
#include "git/status/left_out.h"

namespace gs::git {

// A tracked path that differs somewhere among HEAD, index and work tree. A rename is a deletion and
// an addition.
struct StatusEntry {
  RepoPath path;
  TreeEntry head;   // not present(): not in HEAD
  TreeEntry index;  // not present(): removed from the index
  // In the work tree: its mode; None when it is gone (or a directory stands there). Content is not
  // hashed by the scan.
  FileMode worktree_mode = FileMode::None;
  bool worktree_differs = false;  // from the index entry, in content, mode or presence
  bool intent_to_add = false;     // `git add -N`
  bool submodule_dirty = false;   // a gitlink with changes inside that a superproject cannot record
};

struct UnmergedEntry {
  RepoPath path;
  TreeEntry base, ours, theirs;  // stages 1 to 3
  FileMode worktree_mode = FileMode::None;
};

// What `git status` sees: everything that is not clean. Lists are in path order.
struct Status {
  std::vector<StatusEntry> entries;
  std::vector<UnmergedEntry> unmerged;
  std::vector<RepoPath> untracked;  // files and symlinks, not ignored, every directory opened
  std::vector<RepoPath>
      nested_repositories;  // untracked directories that are repositories: named, never entered
  // What `git status` says nothing of, or takes for a deletion or another file. A file whose
  // content alone cannot be read is not here: only who reads it notices.
  std::vector<LeftOut> left_out;

  [[nodiscard]] bool clean() const {
    return entries.empty() && unmerged.empty() && untracked.empty() && nested_repositories.empty();
  }
};

// Every path of the scan that `git commit -a` or `git add` could commit something of; sorted.
[[nodiscard]] std::vector<RepoPath> changed_paths(const Status& status);

// Without the temporary files of this program, which are nobody's.
// The whole work tree, wherever in it we are. Sparse (skip-worktree) paths that are absent are not
// deletions. The index file is never written.
[[nodiscard]] Status read_status(const Repository& repository);

// Of the paths that are left out those that are tracked.
[[nodiscard]] std::set<RepoPath> tracked_left_out(const Status& status);

// The two ways in which it is made. The first is absent where only git can tell: a split or
// sparse index, submodules that are checked out, a file system monitor, names that differ in case
// only, replaced objects, and what cannot be read.
[[nodiscard]] std::optional<Status> read_status_in_process(const Repository& repository);
[[nodiscard]] Status read_status_with_git(const Repository& repository);
// Both ways end with it: the tracked files in whose place something else stands.
void add_tracked_left_out(const Repository& repository, Status& status);

}  // namespace gs::git
