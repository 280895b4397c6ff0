#include "session/changes.h"

#include <map>
#include <utility>

#include "base/file/file.h"
#include "git/objects/worktree_blobs.h"

namespace gs::session {

namespace {

using Changes = std::map<RepoPath, Change>;

Change& change_at(Changes& changes, const RepoPath& path) {
  Change& change = changes[path];
  change.path = path;
  return change;
}

// Changed by HEAD's commits; the work tree is clean there unless the scan says otherwise.
void add_committed(const git::Repository& repository, const git::ObjectId& base,
                   const git::ObjectId& head, Changes& changes) {
  for (const git::TreeDiffEntry& entry : repository.diff_trees(base, head)) {
    Change& change = change_at(changes, entry.path);
    change.base = entry.before;
    change.head = change.index = change.worktree = entry.after;
  }
}

// Takes the HEAD and index entries from the scan, and collects the files to hash. A path that
// HEAD's commits did not touch has the same entry in the base.
class ScanReader {
 public:
  ScanReader(const git::Repository& repository, const git::ObjectId& head_tree, Changes& changes)
      : repository_(repository), head_tree_(head_tree), changes_(changes) {}

  void add(const git::StatusEntry& entry) {
    Change& change = side_of_head(entry.path, entry.head);
    // An intent-to-add entry stages no content, but the path is in the index.
    change.index = entry.intent_to_add ? git::TreeEntry{} : entry.index;
    change.untracked = !entry.index.present() && !entry.intent_to_add &&
                       entry.worktree_mode != git::FileMode::None;
    if (!entry.worktree_differs && entry.index.present() && !entry.intent_to_add) {
      change.worktree = entry.index;
    } else {
      hash_later(entry.path, entry.worktree_mode, entry.index);
    }
  }

  // Conflict stages are not content of the index.
  void add(const git::UnmergedEntry& entry) {
    Change& change = side_of_head(entry.path, repository_.tree_entry(head_tree_, entry.path));
    change.index = {};
    hash_later(entry.path, entry.worktree_mode, entry.ours);
  }

  // If HEAD has an untracked path, the scan or HEAD's commits have reported it already.
  void add_untracked(const RepoPath& path) {
    const auto known = changes_.find(path);
    Change& change =
        side_of_head(path, known == changes_.end() ? git::TreeEntry{} : known->second.head);
    change.index = {};
    change.untracked = true;
    hash_later(path, git::FileMode::Regular, {});
  }

  // Returns the unreadable ones.
  std::vector<git::LeftOut> hash() {
    std::vector<git::WorktreeFile> files;
    for (const auto& [path, tracked] : to_hash_) files.push_back({path, tracked.mode});
    const git::ReadFiles hashed = git::hash_readable_files(repository_, files);
    std::vector<git::LeftOut> left_out;
    for (std::size_t i = 0; i < files.size(); ++i) {
      Change& change = changes_.at(files[i].path);
      if (hashed.left_out[i]) {
        left_out.push_back(*hashed.left_out[i]);
      } else if (hashed.entries[i]) {
        change.worktree = *hashed.entries[i];
      } else if (files[i].tracked_mode == git::FileMode::Gitlink) {
        // A submodule that is not checked out is not a deletion.
        change.worktree = to_hash_.at(files[i].path);
      }
    }
    return left_out;
  }

 private:
  Change& side_of_head(const RepoPath& path, const git::TreeEntry& head) {
    const bool committed = changes_.contains(path);
    Change& change = change_at(changes_, path);
    if (!committed) change.base = head;
    change.head = head;
    change.worktree = {};
    return change;
  }

  void hash_later(const RepoPath& path, git::FileMode worktree_mode,
                  const git::TreeEntry& tracked) {
    if (worktree_mode != git::FileMode::None) to_hash_[path] = tracked;
  }

  const git::Repository& repository_;
  const git::ObjectId& head_tree_;
  Changes& changes_;
  std::map<RepoPath, git::TreeEntry> to_hash_;
};

git::ObjectId tree_of(const git::Repository& repository,
                      const std::optional<git::ObjectId>& commit) {
  return commit ? repository.commit(*commit).tree : git::Repository::empty_tree();
}

}  // namespace

FoundChanges find_changes(const git::Repository& repository,
                          const std::optional<git::ObjectId>& base, const git::Status& status) {
  const git::ObjectId base_tree = tree_of(repository, base);
  const git::ObjectId head_tree = tree_of(repository, repository.head().commit);
  Changes found;
  add_committed(repository, base_tree, head_tree, found);
  ScanReader reader(repository, head_tree, found);
  for (const git::StatusEntry& entry : status.entries) reader.add(entry);
  for (const git::UnmergedEntry& entry : status.unmerged) reader.add(entry);
  for (const RepoPath& path : status.untracked) reader.add_untracked(path);
  FoundChanges result;
  result.left_out = reader.hash();
  for (const git::LeftOut& left_out : status.left_out) {
    const bool is_file = left_out.tracked || left_out.kind != git::LeftOut::Kind::Special;
    if (is_file) result.left_out.push_back(left_out);
  }
  git::sort_left_out(result.left_out);
  for (const git::LeftOut& left_out : result.left_out) {
    const auto change = found.find(left_out.path);
    if (change == found.end()) continue;
    change->second.index = change->second.worktree = change->second.head;
    change->second.untracked = false;
  }
  for (auto& [path, change] : found) {
    // A staged temporary file of a killed process of ours.
    const bool added = !change.base.present() && !change.head.present();
    if (added && is_temp_file_name(path.name())) continue;
    if (change.committed() || change.uncommitted()) result.changes.push_back(std::move(change));
  }
  return result;
}

}  // namespace gs::session
