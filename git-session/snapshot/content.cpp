#include <utility>

#include "base/error.h"
#include "snapshot/store.h"

namespace gs::snapshot {
namespace {

using git::FileMode;
using git::TreeDiffEntry;

bool is_file(FileMode mode) {
  return mode == FileMode::Regular || mode == FileMode::Executable;
}

char status_of(const TreeDiffEntry& change) {
  if (!change.before.present()) return 'A';
  if (!change.after.present()) return 'D';
  const bool same_type = change.before.mode == change.after.mode ||
                         (is_file(change.before.mode) && is_file(change.after.mode));
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

Content content(const git::Repository& repository, const Snapshot& snapshot) {
  const git::Commit stash = repository.commit(snapshot.oid);
  if (!is_stash_commit(git::StoredObjects(repository), stash)) {
    throw fatal("commit " + snapshot.oid.abbreviated() + " has not the form of a snapshot")
        .with_hint("'git show " + snapshot.oid.abbreviated() + "' shows what it is");
  }
  const git::ObjectId index = repository.commit(stash.parents[1]).tree;
  Content found;
  found.staged = changes(repository, repository.commit(stash.parents[0]).tree, index);
  found.unstaged = changes(repository, index, stash.tree);
  if (stash.parents.size() == 3) {
    const git::ObjectId untracked = repository.commit(stash.parents[2]).tree;
    for (auto& entry : repository.list_tree(untracked)) {
      found.untracked.push_back(std::move(entry.path));
    }
  }
  return found;
}

}  // namespace gs::snapshot
