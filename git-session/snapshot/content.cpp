#include <set>
#include <utility>

#include "base/error.h"
#include "snapshot/store.h"

namespace gs::snapshot {
namespace {

using git::FileMode;
using git::TreeDiffEntry;

char status_of(const TreeDiffEntry& change) {
  if (!change.before.present()) return 'A';
  if (!change.after.present()) return 'D';
  const bool same_type = change.before.mode == change.after.mode ||
                         (change.before.is_file() && change.after.is_file());
  return same_type ? 'M' : 'T';
}

std::vector<FileChange> changes(const git::Repository& repository, const git::ObjectId& before,
                                const git::ObjectId& after) {
  std::vector<FileChange> found;
  for (TreeDiffEntry& entry : repository.diff_trees(before, after)) {
    const char status = status_of(entry);
    found.push_back({std::move(entry.path), status});
  }
  return found;
}

}  // namespace

StoredTrees stored_trees(const git::Repository& repository, const git::Commit& stash) {
  if (!is_stash_commit(git::StoredObjects(repository), stash)) {
    throw fatal("commit " + stash.oid.abbreviated() + " does not have the form of a snapshot")
        .with_hint("'git show " + stash.oid.abbreviated() + "' shows what it is");
  }
  const auto tree = [&](std::size_t parent) {
    return repository.commit(stash.parents[parent]).tree;
  };
  StoredTrees trees{stash.parents[0], tree(0), tree(1), stash.tree, std::nullopt, std::nullopt};
  if (stash.parents.size() > 2 && tree(2) != git::Repository::empty_tree())
    trees.untracked = tree(2);
  if (stash.parents.size() > 3) trees.exact = tree(3);
  return trees;
}

Content content(const git::Repository& repository, const Snapshot& snapshot) {
  const StoredTrees trees = stored_trees(repository, repository.commit(snapshot.oid));
  Content found;
  found.staged = changes(repository, trees.base_tree, trees.index);
  found.unstaged = changes(repository, trees.index, trees.worktree);
  if (trees.untracked) {
    for (auto& entry : repository.list_tree(*trees.untracked))
      found.untracked.push_back(std::move(entry.path));
  }
  if (trees.exact) {
    std::set<RepoPath> unmerged;
    for (const auto& entry : repository.list_tree(*trees.exact)) {
      const std::string& path = entry.path.bytes();
      const std::size_t slash = path.find('/');
      if (path.starts_with("stage") && slash != std::string::npos)
        unmerged.insert(RepoPath(path.substr(slash + 1)));
    }
    found.unmerged.assign(unmerged.begin(), unmerged.end());
  }
  return found;
}

}  // namespace gs::snapshot
