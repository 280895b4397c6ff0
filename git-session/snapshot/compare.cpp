#include "snapshot/compare.h"

#include "git/index/index_listing.h"
#include "git/index/real_index.h"
#include "git/index/staging.h"

namespace gs::snapshot {

git::ObjectId whole_tree(const git::Repository& repository, const Snapshot& snapshot) {
  const StoredTrees trees = stored_trees(repository, repository.commit(snapshot.oid));
  if (!trees.untracked) return trees.worktree;
  std::vector<git::TreeEdit> edits;
  for (git::NamedTreeEntry& file : repository.list_tree(*trees.untracked))
    edits.push_back({std::move(file.path), file.entry});
  return repository.edit_tree(trees.worktree, std::move(edits));
}

ComparedIndex::ComparedIndex(const git::Repository& repository, const git::ObjectId& tree)
    : file_(join_path(directory_.path(), "index")) {
  // A copy knows the times of the files, so that git does not read what has not changed.
  git::copy_index(git::index_path(repository), file_);
  const git::GitCommand& git = repository.git();
  git::run_on_index(git, file_, {"read-tree", "--reset", tree.hex()});
  std::string untracked =
      git.output(git::index_arguments(file_, {"ls-files", "--others", "--exclude-standard", "-z"}),
                 git::index_options(file_));
  if (untracked.empty()) return;
  git::run_on_index(git, file_,
                    {"--literal-pathspecs", "add", "--intent-to-add", "--force",
                     "--pathspec-from-file=-", "--pathspec-file-nul"},
                    std::move(untracked));
}

}  // namespace gs::snapshot
