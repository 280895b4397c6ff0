#pragma once

#include <set>
#include <vector>

#include "git/objects/stored_objects.h"

namespace gs::githooks {

// The snapshots of this repository, and how to recognize one among other commits: by its id, by the
// subjects that we give, by its trees, and by the shape of a stash with untracked files.
class KnownSnapshots {
 public:
  explicit KnownSnapshots(const git::StoredObjects& objects);

  // A snapshot or a part of one, also if it was amended or made again, or its ref is gone. Never an
  // ordinary merge, nor a stash of git's own.
  [[nodiscard]] bool include(const git::Commit& commit) const;
  // A tree or a blob to which a ref shall point: one of a snapshot, or a tree with such an object
  // in it. What the snapshot's base has at the same path is none.
  [[nodiscard]] bool include(const git::StoredObjects::Target& target);

 private:
  struct Known {
    git::ObjectId base;  // all trees
    git::ObjectId worktree;
    git::ObjectId index;
    std::optional<git::ObjectId> untracked;
  };

  void add(const git::ObjectId& ref_target);
  void collect_own(const git::ObjectId& tree, const std::optional<git::ObjectId>& base);
  [[nodiscard]] bool has_own(const git::ObjectId& tree, std::set<git::ObjectId>& seen) const;

  const git::StoredObjects& objects_;
  std::vector<Known> known_;
  std::set<git::ObjectId> parts_;      // commits
  std::set<git::ObjectId> untracked_;  // trees of untracked files
  std::set<git::ObjectId> own_;        // trees and blobs, once a tree or a blob is pushed
  bool own_is_complete_ = false;
};

}  // namespace gs::githooks
