#pragma once

#include <optional>
#include <vector>

#include "base/repo_path.h"
#include "git/object_id.h"
#include "git/repository.h"
#include "git/status/status.h"

namespace gs::session {

// A path whose content in the work tree, the index or HEAD differs from the session's base commit.
struct Change {
  RepoPath path;
  git::TreeEntry base;  // in the base commit
  git::TreeEntry head;  // in HEAD
  git::TreeEntry index;
  git::TreeEntry worktree;  // hashed through git's filters; not present(): gone
  bool untracked = false;   // not in the index

  [[nodiscard]] bool uncommitted() const { return worktree != head || index != head; }
  [[nodiscard]] bool committed() const { return head != base; }
};

struct FoundChanges {
  std::vector<Change> changes;  // path order
  // Paths with unknown content, or content that git cannot store. Not uncommitted in `changes`, not
  // even if staged. Without untracked FIFOs and the like.
  std::vector<git::LeftOut> left_out;
};

// Compares the base commit with HEAD, index, work tree and untracked files. `base` absent: the
// empty tree. Submodules that are only dirty inside do not count. Nothing is stored.
[[nodiscard]] FoundChanges find_changes(const git::Repository& repository,
                                        const std::optional<git::ObjectId>& base,
                                        const git::Status& status);

}  // namespace gs::session
