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
  // Its mode in the work tree; None if it is gone (or now a directory). Content is not hashed.
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
  std::vector<RepoPath> untracked;  // files and symlinks, not ignored, directories expanded
  std::vector<RepoPath>
      nested_repositories;  // untracked directories that are repositories: named, never entered
  // What `git status` does not mention, or takes for a deletion or another file. A file whose
  // content alone is unreadable is not here: only reading it reveals that.
  std::vector<LeftOut> left_out;

  [[nodiscard]] bool clean() const {
    return entries.empty() && unmerged.empty() && untracked.empty() && nested_repositories.empty();
  }
};

// Every path of the scan of which `git commit -a` or `git add` could commit something; sorted.
[[nodiscard]] std::vector<RepoPath> changed_paths(const Status& status);

// The whole work tree, from any directory in it, without this program's own temporary files. Sparse
// (skip-worktree) paths that are absent are not deletions. Never writes the index file.
[[nodiscard]] Status read_status(const Repository& repository);

// The tracked ones among the paths that are left out.
[[nodiscard]] std::set<RepoPath> tracked_left_out(const Status& status);

// The two ways to make it. The first is absent if only git can tell: a split or sparse index,
// checked-out submodules, a file system monitor, names that differ in case only, replaced objects,
// and unreadable files.
[[nodiscard]] std::optional<Status> read_status_in_process(const Repository& repository);
[[nodiscard]] Status read_status_with_git(const Repository& repository);
// The last step of both: adds the tracked files that were replaced by something else.
void add_tracked_left_out(const Repository& repository, Status& status);

}  // namespace gs::git
