#include "snapshot/restore/index_plan.h"

#include "git/objects/merge.h"

namespace gs::snapshot {
namespace {

using git::FileMode;
using git::StagedEntry;
using git::TreeEntry;

std::vector<StagedEntry> one(const RepoPath& path, const TreeEntry& entry) {
  if (!entry.present()) return {};
  return {StagedEntry{0, entry, path}};
}

}  // namespace

std::set<RepoPath> paths_in_index(const git::Repository& repository, const StoredFiles& stored,
                                  const git::Status& status) {
  std::set<RepoPath> paths;
  for (const git::TreeDiffEntry& entry :
       repository.diff_trees(stored.trees().base_tree, stored.trees().index))
    paths.insert(entry.path);
  for (const auto& [path, stages] : stored.unmerged()) paths.insert(path);
  for (const git::StatusEntry& entry : status.entries) {
    if (entry.index != entry.head || entry.intent_to_add) paths.insert(entry.path);
  }
  for (const git::UnmergedEntry& entry : status.unmerged) paths.insert(entry.path);
  const std::vector<RepoPath>& later = stored.extra().intent_to_add;
  paths.insert(later.begin(), later.end());
  return paths;
}

std::vector<StagedEntry> entries_for(const git::Repository& repository, const StoredFiles& stored,
                                     const git::ObjectId& head_tree, bool carries_head,
                                     const RepoPath& path) {
  if (const auto stages = stored.unmerged().find(path); stages != stored.unmerged().end())
    return stages->second;
  const TreeEntry staged = repository.tree_entry(stored.trees().index, path);
  const TreeEntry base = repository.tree_entry(stored.trees().base_tree, path);
  const TreeEntry head = repository.tree_entry(head_tree, path);
  if (head == base || !carries_head) return one(path, staged);
  if (staged == base || staged == head) return one(path, head);
  if (!staged.is_file() || !head.is_file() || !base.is_file()) return one(path, head);
  const auto merged =
      git::merge_contents(repository.read_blob(base.oid), repository.read_blob(head.oid),
                          repository.read_blob(staged.oid));
  if (!merged) return one(path, head);
  return one(path, {staged.mode, repository.write_blob(*merged)});
}

}  // namespace gs::snapshot
