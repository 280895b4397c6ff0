#include "close/plan/staging_plan.h"

#include <algorithm>
#include <map>
#include <set>

#include "git/objects/merge.h"
#include "git/objects/worktree_blobs.h"
#include "session/submodules.h"

namespace gs::close {

namespace {

using session::OwnedChange;
using session::Owner;

std::string content_of(const git::Repository& repository, const git::TreeEntry& entry) {
  return entry.present() ? repository.read_blob(entry.oid) : std::string();
}

// The mode that the three-way merge of modes gives.
git::FileMode merged_mode(git::FileMode ancestor, git::FileMode ours, git::FileMode theirs) {
  return theirs == ancestor ? ours : theirs;
}

// The part of a change that goes into a commit; absent: it stays, and `why_left` says why.
std::optional<StagedFile> staged_file(const git::Repository& repository, const OwnedChange& owned,
                                      const StagingChoices& choices, std::string& why_left) {
  const session::Change& change = owned.change;
  StagedFile file{owned, change.worktree, std::nullopt, ""};
  const auto take_split = [&]() -> std::optional<StagedFile> {
    const std::optional<SplitContent> part = session_part(repository, owned);
    if (!part) {
      why_left = "dirty at the start and changed since; the two changes cannot be separated";
      return std::nullopt;
    }
    file.split_content = part->content;
    file.entry = {part->mode, git::Repository::hash_blob(part->content)};
    file.how = "only this session's part";
    if (file.entry == change.head) {
      why_left = "this session changed none of it";
      return std::nullopt;
    }
    return file;
  };
  switch (owned.owner) {
    case Owner::Ours: {
      // Staged by hand: different from HEAD and from the work tree. The user chose what belongs in.
      // If HEAD was moved without the index, that still has the entry from the start.
      const bool left_behind = change.committed() && change.index == change.base;
      const bool by_hand = change.index != change.head && change.index != change.worktree &&
                           !left_behind && !(change.untracked && !change.head.present());
      if (by_hand) {
        file.entry = change.index;
        file.how = "as staged";
      }
      return file;
    }
    case Owner::Mixed:
      if (choices.split.contains(change.path)) return take_split();
      if (choices.include.contains(change.path)) {
        file.how = "whole, by decision";
        return file;
      }
      break;
    case Owner::Unclaimed:
    case Owner::Contested:
      if (choices.include.contains(change.path)) {
        if (owned.at_start && !choices.whole.contains(change.path)) return take_split();
        file.how = std::string(owner_name(owned.owner)) + ", by decision";
        return file;
      }
      break;
    case Owner::Foreign:
      break;
  }
  why_left = owned.reason;
  return std::nullopt;
}

StagedFile with_sections(const OwnedChange& gitmodules, const session::SubmoduleSections& part) {
  const session::Change& change = gitmodules.change;
  const git::FileMode mode = change.head.present() ? change.head.mode : change.worktree.mode;
  return {gitmodules,
          {mode, git::Repository::hash_blob(part.content)},
          part.content,
          "only the sections of its submodules"};
}

// A tree cannot hold both "a" and "a/b": an added path cannot be committed if a path that stays is
// in its way.
std::optional<std::string> blocked_by(const git::Repository& repository,
                                      const std::optional<git::ObjectId>& head_tree,
                                      const RepoPath& path, const std::set<RepoPath>& removed) {
  if (!head_tree) return std::nullopt;
  const std::string& bytes = path.bytes();
  for (std::size_t slash = bytes.find('/'); slash != std::string::npos;
       slash = bytes.find('/', slash + 1)) {
    const RepoPath above(bytes.substr(0, slash));
    if (repository.tree_entry(*head_tree, above).present() && !removed.contains(above)) {
      return above.bytes();
    }
  }
  return std::nullopt;
}

void leave_blocked_paths(const git::Repository& repository, StagingPlan& plan) {
  std::set<RepoPath> removed;
  for (const CommitUnit& unit : plan.units) {
    for (const StagedFile& file : unit.files) {
      if (!file.entry.present()) removed.insert(file.change.change.path);
    }
  }
  const std::optional<git::ObjectId> head = repository.head().commit;
  const std::optional<git::ObjectId> tree =
      head ? std::optional(repository.commit(*head).tree) : std::nullopt;
  for (CommitUnit& unit : plan.units) {
    std::erase_if(unit.files, [&](const StagedFile& file) {
      if (!file.entry.present() || file.change.change.head.present()) return false;
      const auto obstacle = blocked_by(repository, tree, file.change.change.path, removed);
      if (!obstacle) return false;
      plan.left.push_back(
          {file.change.change.path, file.change.owner,
           "'" + *obstacle + "' is in the way, and does not belong to this session"});
      return true;
    });
  }
}

}  // namespace

std::size_t StagingPlan::file_count() const {
  std::size_t count = 0;
  for (const CommitUnit& unit : units) count += unit.files.size();
  return count;
}

std::optional<SplitContent> session_part(const git::Repository& repository,
                                         const OwnedChange& owned) {
  const session::Change& change = owned.change;
  if (!owned.at_start || !change.worktree.present() || !change.worktree.is_file()) {
    return std::nullopt;
  }
  const git::TreeEntry& start = owned.at_start->worktree;
  if (!start.present() || !start.is_file() || !change.head.present() || !change.head.is_file()) {
    return std::nullopt;
  }
  const std::optional<std::string> today =
      git::worktree_content(repository, change.path, change.worktree.oid);
  if (!today) return std::nullopt;
  std::optional<std::string> merged = git::merge_contents(
      content_of(repository, start), content_of(repository, change.head), *today);
  if (!merged) return std::nullopt;
  return SplitContent{merged_mode(start.mode, change.head.mode, change.worktree.mode),
                      std::move(*merged)};
}

StagingPlan plan_staging(const git::Repository& repository, const std::vector<OwnedChange>& owned,
                         const std::optional<session::Plan>& plan, const StagingChoices& choices) {
  StagingPlan staging;
  std::map<std::size_t, CommitUnit> by_item;
  CommitUnit emergent;
  const auto sections = session::submodule_sections(repository, owned);
  for (const OwnedChange& change : owned) {
    std::string why_left;
    std::optional<StagedFile> file;
    if (sections && session::is_gitmodules(change.change) && change.owner != Owner::Ours) {
      file = with_sections(change, *sections);
      staging.left.push_back(
          {change.change.path, change.owner, "but for the sections of this session's submodules"});
    } else {
      file = staged_file(repository, change, choices, why_left);
      if (file && file->split_content && file->entry != change.change.worktree)
        staging.left.push_back({change.change.path, change.owner, "what was dirty at the start"});
    }
    if (!file) {
      staging.left.push_back({change.change.path, change.owner, why_left});
      continue;
    }
    // Both sides of a rename go into one commit.
    const RepoPath& by = change.renamed_with ? *change.renamed_with : change.change.path;
    const auto item = plan ? session::item_of(*plan, by.bytes()) : std::nullopt;
    CommitUnit& unit = item ? by_item[*item] : emergent;
    unit.item = item;
    unit.files.push_back(std::move(*file));
  }
  for (auto& [index, unit] : by_item) staging.units.push_back(std::move(unit));
  staging.units.push_back(std::move(emergent));
  leave_blocked_paths(repository, staging);
  std::erase_if(staging.units, [](const CommitUnit& unit) { return unit.files.empty(); });
  return staging;
}

}  // namespace gs::close
