#include "githooks/judge/commit_changes.h"

namespace gs::githooks {

std::vector<PathChange> changes_of(const git::Repository& repository, const git::Commit& commit) {
  const git::ObjectId before = commit.parents.empty()
                                   ? git::Repository::empty_tree()
                                   : repository.commit(commit.parents.front()).tree;
  return repository.diff_trees(before, commit.tree);
}

std::vector<PathChange> leaving_changes_of(const git::Repository& repository,
                                           const git::Commit& commit,
                                           const std::set<git::ObjectId>& leaving) {
  std::vector<PathChange> changes = changes_of(repository, commit);
  for (std::size_t i = 1; i < commit.parents.size(); ++i) {
    if (leaving.contains(commit.parents[i])) continue;
    const git::ObjectId tree = repository.commit(commit.parents[i]).tree;
    std::erase_if(changes, [&](const PathChange& change) {
      return repository.tree_entry(tree, change.path) == change.after;
    });
  }
  return changes;
}

}  // namespace gs::githooks
