#include "snapshot/restore/stored_files.h"

#include <algorithm>

namespace gs::snapshot {

using git::FileMode;
using git::TreeEntry;

StoredFiles::StoredFiles(const git::Repository& repository, const Snapshot& snapshot)
    : repository_(repository),
      trees_(stored_trees(repository, repository.commit(snapshot.oid))),
      extra_(extra_state_in(repository.commit(snapshot.oid).message)) {
  for (const git::TreeDiffEntry& entry : repository.diff_trees(trees_.base_tree, trees_.index))
    dirty_[entry.path] = repository.tree_entry(trees_.worktree, entry.path);
  for (const git::TreeDiffEntry& entry : repository.diff_trees(trees_.index, trees_.worktree)) {
    dirty_[entry.path] = entry.after;
    unstaged_.insert(entry.path);
  }
  for (const RepoPath& path : extra_.absent) dirty_[path] = {};
  if (trees_.untracked) {
    for (const git::NamedTreeEntry& file : repository.list_tree(*trees_.untracked)) {
      dirty_[file.path] = file.entry;
      untracked_.insert(file.path);
    }
  }
  if (!trees_.exact) return;
  for (const git::NamedTreeEntry& file : repository.list_tree(*trees_.exact)) {
    const std::string& bytes = file.path.bytes();
    const std::size_t slash = bytes.find('/');
    if (slash == std::string::npos) continue;
    const std::string_view kind = std::string_view(bytes).substr(0, slash);
    const RepoPath path(bytes.substr(slash + 1));
    if (kind == "raw") raw_[path] = file.entry;
    if (kind == "filtered") filtered_.insert(path);
    if (kind.size() == 6 && kind.starts_with("stage") && kind[5] >= '1' && kind[5] <= '3')
      unmerged_[path].push_back({kind[5] - '0', file.entry, path});
  }
  for (auto& [path, stages] : unmerged_) {
    std::sort(stages.begin(), stages.end(),
              [](const auto& a, const auto& b) { return a.stage < b.stage; });
    dirty_.emplace(path, repository.tree_entry(trees_.worktree, path));
    unstaged_.insert(path);
  }
}

bool StoredFiles::has_directory(const std::function<bool(const RepoPath&)>& is_in) const {
  const auto listed = repository_.list_tree(trees_.worktree);
  return std::any_of(listed.begin(), listed.end(),
                     [&](const git::NamedTreeEntry& file) { return is_in(file.path); });
}

std::optional<TreeEntry> StoredFiles::raw(const RepoPath& path, const TreeEntry& stored) const {
  if (const auto found = raw_.find(path); found != raw_.end()) return found->second;
  const bool was_read = unstaged_.contains(path) || untracked_.contains(path);
  if (!stored.is_file() || (was_read && !filtered_.contains(path))) return stored;
  return std::nullopt;
}

}  // namespace gs::snapshot
