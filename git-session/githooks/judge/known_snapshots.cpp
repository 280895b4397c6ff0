#include "githooks/judge/known_snapshots.h"

#include <algorithm>

#include "git/history.h"
#include "git/refs.h"
#include "snapshot/names.h"
#include "snapshot/store.h"

namespace gs::githooks {

namespace {

using git::Commit;
using git::FileMode;
using git::ObjectId;
using git::StoredObjects;
using git::StoredTreeEntry;

const StoredTreeEntry* entry_named(const std::vector<StoredTreeEntry>& entries,
                                   const std::string& name) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const StoredTreeEntry& entry) { return entry.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

// One of our commits, recognized by its subject even without its ref, and picked onto a branch: the
// snapshot, its index or its untracked files.
bool is_ours_by_subject(const Commit& commit) {
  std::string_view subject = commit.subject;
  for (const std::string_view part : {"index of ", "untracked files of ", "exact state of "}) {
    if (!subject.starts_with(part)) continue;
    subject.remove_prefix(part.size());
    return commit.parents.size() < 2 && snapshot::session_in_subject(subject);
  }
  return snapshot::session_in_subject(subject).has_value();
}

// A merge of a commit with one of its own ancestors, and with a tree that none of the parents has:
// nothing was merged there.
bool is_no_real_merge(const StoredObjects& objects, const Commit& commit) {
  if (commit.parents.size() < 2) return false;
  const auto has_its_tree = [&](const ObjectId& parent) {
    return objects.commit(parent).tree == commit.tree;
  };
  if (std::any_of(commit.parents.begin(), commit.parents.end(), has_its_tree)) return false;
  const std::vector<ObjectId> first{commit.parents[0]};
  return std::any_of(commit.parents.begin() + 1, commit.parents.end(), [&](const ObjectId& other) {
    return git::walk_history(objects, {other}, first).empty() ||
           git::walk_history(objects, first, {other}).empty();
  });
}

bool share_a_path(const StoredObjects& objects, const ObjectId& a, const ObjectId& b) {
  const std::vector<StoredTreeEntry> others = objects.tree(b);
  for (const StoredTreeEntry& entry : objects.tree(a)) {
    const StoredTreeEntry* other = entry_named(others, entry.name);
    if (other == nullptr) continue;
    const bool both_trees =
        entry.entry.mode == FileMode::Tree && other->entry.mode == FileMode::Tree;
    if (!both_trees || share_a_path(objects, entry.entry.oid, other->entry.oid)) return true;
  }
  return false;
}

// A stash with untracked files, by its shape. A merge of an unrelated branch of one commit has the
// same parents, but also that branch's files, or ("ours") the first parent's tree alone.
bool is_stash_with_untracked_files(const StoredObjects& objects, const Commit& commit) {
  if (commit.parents.size() < 3 || !snapshot::is_stash_commit(objects, commit)) return false;
  const auto untracked = objects.find_commit(commit.parents[2]);
  if (!untracked || !untracked->parents.empty()) return false;
  const Commit index = objects.commit(commit.parents[1]);
  // `git stash` writes these subjects: a stash of the user's, which may be pushed.
  if (index.subject.starts_with("index on ") &&
      untracked->subject.starts_with("untracked files on ")) {
    return false;
  }
  if (objects.tree(untracked->tree).empty()) return false;
  const ObjectId base = objects.commit(commit.parents[0]).tree;
  if (commit.tree == base && index.tree != base) return false;
  return !share_a_path(objects, untracked->tree, commit.tree);
}

}  // namespace

KnownSnapshots::KnownSnapshots(const StoredObjects& objects) : objects_(objects) {
  for (const git::Ref& ref : objects.refs(snapshot::kRefPrefix)) add(ref.target);
}

void KnownSnapshots::add(const ObjectId& ref_target) {
  const auto oid = objects_.peel_to_commit(ref_target);
  if (!oid) return;
  const Commit commit = objects_.commit(*oid);
  if (!snapshot::is_stash_commit(objects_, commit)) return;
  parts_.insert(commit.oid);
  parts_.insert(commit.parents.begin() + 1, commit.parents.end());
  // A shallow clone may lack the base.
  const auto base = objects_.find_commit(commit.parents[0]);
  Known known{base ? base->tree : git::Repository::empty_tree(), commit.tree,
              objects_.commit(commit.parents[1]).tree, std::nullopt};
  if (commit.parents.size() > 2) {
    known.untracked = objects_.commit(commit.parents[2]).tree;
    if (known.untracked == git::Repository::empty_tree()) known.untracked.reset();
  }
  if (known.untracked) {
    // Where nothing is tracked yet, the first commit may well have all the untracked files.
    if (known.base != git::Repository::empty_tree()) untracked_.insert(*known.untracked);
  }
  known_.push_back(known);
}

bool KnownSnapshots::include(const Commit& commit) const {
  if (parts_.contains(commit.oid) || is_ours_by_subject(commit)) return true;
  if (untracked_.contains(commit.tree)) return true;
  const auto has_its_tree = [&](const Known& known) { return known.worktree == commit.tree; };
  if (std::any_of(known_.begin(), known_.end(), has_its_tree) &&
      is_no_real_merge(objects_, commit)) {
    return true;
  }
  if (!snapshot::is_stash_commit(objects_, commit)) return false;
  const ObjectId index = objects_.commit(commit.parents[1]).tree;
  // With everything staged it is the same as the merge of a branch with that one commit.
  const auto is_this_one = [&](const Known& known) {
    return known.worktree == commit.tree && known.index == index && known.index != known.worktree;
  };
  return std::any_of(known_.begin(), known_.end(), is_this_one) ||
         is_stash_with_untracked_files(objects_, commit);
}

void KnownSnapshots::collect_own(const ObjectId& tree, const std::optional<ObjectId>& base) {
  if (tree == base || !own_.insert(tree).second) return;
  const auto others = base ? objects_.tree(*base) : std::vector<StoredTreeEntry>{};
  for (const StoredTreeEntry& entry : objects_.tree(tree)) {
    const StoredTreeEntry* other = entry_named(others, entry.name);
    if (other != nullptr && other->entry == entry.entry) continue;
    if (entry.entry.mode == FileMode::Tree) {
      const bool both = other != nullptr && other->entry.mode == FileMode::Tree;
      collect_own(entry.entry.oid, both ? std::optional(other->entry.oid) : std::nullopt);
    } else if (entry.entry.mode != FileMode::Gitlink) {
      own_.insert(entry.entry.oid);
    }
  }
}

bool KnownSnapshots::has_own(const ObjectId& tree, std::set<ObjectId>& seen) const {
  if (own_.contains(tree)) return true;
  if (!seen.insert(tree).second) return false;
  const std::vector<StoredTreeEntry> entries = objects_.tree(tree);
  return std::any_of(entries.begin(), entries.end(), [&](const StoredTreeEntry& entry) {
    return entry.entry.mode == FileMode::Tree ? has_own(entry.entry.oid, seen)
                                              : own_.contains(entry.entry.oid);
  });
}

bool KnownSnapshots::include(const StoredObjects::Target& target) {
  if (!own_is_complete_) {
    for (const Known& known : known_) {
      collect_own(known.worktree, known.base);
      collect_own(known.index, known.base);
      if (known.untracked) collect_own(*known.untracked, std::nullopt);
      own_.insert({known.worktree, known.index});
    }
    own_.erase(git::Repository::empty_tree());
    own_is_complete_ = true;
  }
  std::set<ObjectId> seen;
  return target.type == git::ObjectType::Tree ? has_own(target.oid, seen)
                                              : own_.contains(target.oid);
}

}  // namespace gs::githooks
