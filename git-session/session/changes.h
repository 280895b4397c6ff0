#pragma once

#include <optional>
#include <vector>

#include "base/repo_path.h"
#include "git/object_id.h"
#include "git/repository.h"
#include "git/status/status.h"

namespace gs::session {

// A path whose content in the work tree, the index or HEAD is not what it was at the session's base
// commit.
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
  // Nobody knows what these hold, or git cannot take it. Nothing of them is uncommitted in
  // `changes`, not even what is staged. Without untracked FIFOs and the like, which are no files.
  std::vector<git::LeftOut> left_out;
};

// Base commit against HEAD, index, work tree and untracked files. `base` absent: the empty tree.
// Submodules whose only change is dirt inside them do not count. Nothing is stored.
[[nodiscard]] FoundChanges find_changes(const git::Repository& repository,
                                        const std::optional<git::ObjectId>& base,
                                        const git::Status& status);

}  // namespace gs::session
