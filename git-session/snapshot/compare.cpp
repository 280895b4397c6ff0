#include "snapshot/compare.h"

#include <algorithm>
#include <set>

#include "git/index/index_listing.h"
#include "git/index/real_index.h"
#include "git/index/staging.h"
#include "git/status/status.h"

namespace gs::snapshot {
namespace {

using git::FileMode;
using git::ObjectId;
using git::Repository;

void add_intents(const Repository& repository, const std::string& file, std::string paths) {
  if (paths.empty()) return;
  git::run_on_index(repository.git(), file,
                    {"--literal-pathspecs", "add", "--intent-to-add", "--force",
                     "--pathspec-from-file=-", "--pathspec-file-nul"},
                    std::move(paths));
}

// All of the tree, from a copy of the index. That has the times of the files, so that git does not
// read those that have not changed, and the marks of those that it ignores.
void write_whole(const Repository& repository, const ObjectId& tree, const std::string& file) {
  git::copy_index(git::index_path(repository), file);
  const git::GitCommand& git = repository.git();
  git::run_on_index(git, file, {"read-tree", "--reset", tree.hex()});
  add_intents(
      repository, file,
      git.output(git::index_arguments(file, {"ls-files", "--others", "--exclude-standard", "-z"}),
                 git::index_options(file)));
}

// What differs from the tree, or may.
class Differences {
 public:
  Differences(const Repository& repository, const ObjectId& tree)
      : repository_(repository), tree_(tree), status_(git::read_status(repository)) {
    const auto head = repository.head().commit;
    const ObjectId head_tree = head ? repository.commit(*head).tree : Repository::empty_tree();
    std::set<RepoPath> seen;
    for (const git::StatusEntry& entry : status_.entries) {
      const bool is_tracked = entry.index.present() || entry.intent_to_add;
      seen.insert(entry.path);
      add(entry.path, is_tracked ? entry.worktree_mode : FileMode::None);
    }
    for (const git::UnmergedEntry& entry : status_.unmerged) {
      seen.insert(entry.path);
      add(entry.path, entry.worktree_mode);
    }
    for (const RepoPath& path : status_.untracked) add(path, FileMode::Regular);
    for (const git::TreeDiffEntry& entry : repository.diff_trees(head_tree, tree)) {
      if (!seen.contains(entry.path)) add(entry.path, entry.before.mode);
    }
  }

  // Only git's own view of all of the tree shows repositories in it.
  [[nodiscard]] bool has_repositories() const {
    return has_submodules_ || !status_.nested_repositories.empty();
  }

  void write(const std::string& file) {
    git::apply_to_index(repository_, file, entries_);
    add_intents(repository_, file, std::move(new_files_));
  }

 private:
  void add(const RepoPath& path, FileMode there) {
    const git::TreeEntry entry = repository_.tree_entry(tree_, path);
    has_submodules_ =
        has_submodules_ || entry.mode == FileMode::Gitlink || there == FileMode::Gitlink;
    if (entry.present()) {
      entries_.push_back({path, entry});
    } else if (there != FileMode::None) {
      new_files_ += path.bytes() + '\0';
    }
  }

  const Repository& repository_;
  const ObjectId& tree_;
  git::Status status_;
  std::vector<git::IndexChange> entries_;
  std::string new_files_;
  bool has_submodules_ = false;
};

// Whether no entry is marked as one whose file git ignores.
bool has_no_marks(const Repository& repository) {
  const auto index = git::own_index(repository);
  return index && std::none_of(index->entries().begin(), index->entries().end(),
                               [](const git::IndexEntry& entry) {
                                 return entry.assume_unchanged || entry.skip_worktree;
                               });
}

}  // namespace

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
  if (has_no_marks(repository)) {
    Differences differences(repository, tree);
    if (!differences.has_repositories()) {
      differences.write(file_);
      return;
    }
  }
  write_whole(repository, tree, file_);
}

}  // namespace gs::snapshot
