// How the index follows a commit, and how it gets back.
#include <map>

#include "git/index/real_index.h"
#include "git/objects/merge.h"

namespace gs::git {

namespace {

ObjectId tree_of(const Repository& repository, const std::optional<ObjectId>& commit) {
  return commit ? repository.commit(*commit).tree : Repository::empty_tree();
}

// An index entry that was staged over `before`, carried over to `after`.
std::optional<TreeEntry> carry_over(const Repository& repository, const RepoPath& path,
                                    const TreeEntry& staged, const TreeEntry& before,
                                    const TreeEntry& after) {
  if (!staged.is_file() || !after.is_file()) return std::nullopt;
  // Both sides have added lines at the end of an append-only file.
  const bool grows = path.bytes().ends_with(".jsonl");
  if (!before.is_file() && !grows) return std::nullopt;
  const std::string ancestor = before.present() ? repository.read_blob(before.oid) : "";
  const std::string theirs = repository.read_blob(staged.oid);
  const std::string ours = repository.read_blob(after.oid);
  const auto merged = grows ? std::optional(merge_lines(ancestor, theirs, ours))
                            : merge_contents(ancestor, theirs, ours);
  if (!merged) return std::nullopt;
  const FileMode mode = staged.mode == before.mode ? after.mode : staged.mode;
  return TreeEntry{mode, repository.write_blob(*merged)};
}

TreeEntry entry_of(const RealIndex::Entry& entry) {
  return entry.intent_to_add ? TreeEntry{entry.staged.mode, {}} : entry.staged;
}

}  // namespace

std::vector<IndexChange> follow_commit(const Repository& repository, const RealIndex& index,
                                       const std::optional<ObjectId>& parent,
                                       const ObjectId& commit,
                                       const std::optional<ObjectId>& planned,
                                       std::vector<StagedPath>* staged_paths) {
  const std::vector<TreeDiffEntry> differences =
      repository.diff_trees(tree_of(repository, parent), repository.commit(commit).tree);
  std::vector<RepoPath> paths;
  for (const TreeDiffEntry& entry : differences) paths.push_back(entry.path);
  const std::vector<RealIndex::Entry> entries = index.entries(paths);
  const ObjectId empty_blob = Repository::hash_blob("");
  std::set<RepoPath> removed;
  for (const TreeDiffEntry& entry : differences) {
    if (!entry.after.present()) removed.insert(entry.path);
  }
  // What becomes of an entry; absent: it stays.
  const auto followed = [&](const TreeDiffEntry& difference,
                            const RealIndex::Entry& entry) -> std::optional<TreeEntry> {
    const auto& [path, before, after] = difference;
    const TreeEntry& staged = entry.staged;
    if (staged == after || entry.unmerged) return std::nullopt;
    // An intent-to-add entry looks like the empty blob.
    const bool untouched = staged == before || (!before.present() && staged.oid == empty_blob) ||
                           (planned && staged == repository.tree_entry(*planned, path));
    if (!untouched) return carry_over(repository, path, staged, before, after);
    if (after.present() && !before.present() && index.has_in_the_way(path, removed))
      return std::nullopt;
    return after;
  };
  std::vector<IndexChange> changes;
  for (std::size_t i = 0; i < differences.size(); ++i) {
    const TreeDiffEntry& difference = differences[i];
    const auto becomes = followed(difference, entries[i]);
    if (becomes) changes.push_back({difference.path, *becomes});
    const TreeEntry was = entry_of(entries[i]);
    const TreeEntry is = becomes.value_or(was);
    if (staged_paths != nullptr && (was != difference.before || is != difference.after))
      staged_paths->push_back({difference.path, was, is});
  }
  return changes;
}

namespace {

// Of each path the entry before the first commit that changed it, and after the last.
std::map<RepoPath, StagedPath> followed_paths(const Repository& repository,
                                              const std::vector<FollowedCommit>& commits) {
  std::map<RepoPath, StagedPath> paths;
  for (const FollowedCommit& commit : commits) {
    std::map<RepoPath, StagedPath> followed;
    for (const TreeDiffEntry& entry :
         repository.diff_trees(tree_of(repository, commit.from), repository.commit(commit.to).tree))
      followed.insert_or_assign(entry.path, StagedPath{entry.path, entry.before, entry.after});
    for (const StagedPath& staged : commit.staged) followed.insert_or_assign(staged.path, staged);
    for (const auto& [path, entry] : followed) {
      const auto [there, is_new] = paths.try_emplace(path, entry);
      if (!is_new) there->second.after = entry.after;
    }
  }
  return paths;
}

}  // namespace

std::vector<IndexChange> unfollow_commits(const Repository& repository, const RealIndex& index,
                                          const std::vector<FollowedCommit>& commits,
                                          std::vector<RepoPath>& left) {
  const std::map<RepoPath, StagedPath> followed = followed_paths(repository, commits);
  std::vector<RepoPath> paths;
  std::set<RepoPath> removed;
  for (const auto& [path, entry] : followed) {
    paths.push_back(path);
    if (!entry.before.present()) removed.insert(path);
  }
  const std::vector<RealIndex::Entry> entries = index.entries(paths);
  std::vector<IndexChange> changes;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const auto& [path, before, after] = followed.at(paths[i]);
    const TreeEntry now = entry_of(entries[i]);
    if (before == after || now == before) continue;
    const bool fits = !before.present() || after.present() || !index.has_in_the_way(path, removed);
    if (now == after && !entries[i].unmerged && fits) {
      changes.push_back({path, before});
    } else if (const auto carried = carry_over(repository, path, now, after, before)) {
      changes.push_back({path, *carried});
    } else {
      left.push_back(path);
    }
  }
  return changes;
}

}  // namespace gs::git
