#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "git/index/index_listing.h"
#include "git/repository.h"
#include "snapshot/store.h"

namespace gs::snapshot {

// What a snapshot has of each file.
class StoredFiles {
 public:
  StoredFiles(const git::Repository& repository, const Snapshot& snapshot);

  [[nodiscard]] const StoredTrees& trees() const { return trees_; }
  [[nodiscard]] const ExtraState& extra() const { return extra_; }
  // Every path that was dirty or staged, untracked files too, as git stores what it had in the work
  // tree; not present(): nothing.
  [[nodiscard]] const std::map<RepoPath, git::TreeEntry>& dirty() const { return dirty_; }
  [[nodiscard]] bool is_untracked(const RepoPath& path) const { return untracked_.contains(path); }
  [[nodiscard]] const std::map<RepoPath, std::vector<git::StagedEntry>>& unmerged() const {
    return unmerged_;
  }
  [[nodiscard]] bool has_directory(const std::function<bool(const RepoPath&)>& is_in) const;

  // The bytes that a file had, for which git stores `stored`, as a blob; absent if only git's
  // checkout can tell.
  [[nodiscard]] std::optional<git::TreeEntry> raw(const RepoPath& path,
                                                  const git::TreeEntry& stored) const;

 private:
  const git::Repository& repository_;
  StoredTrees trees_;
  ExtraState extra_;
  std::map<RepoPath, git::TreeEntry> dirty_;
  std::set<RepoPath> untracked_;
  std::set<RepoPath> unstaged_;  // whose content was read from the work tree
  std::map<RepoPath, git::TreeEntry> raw_;
  std::set<RepoPath> filtered_;
  std::map<RepoPath, std::vector<git::StagedEntry>> unmerged_;
};

}  // namespace gs::snapshot
