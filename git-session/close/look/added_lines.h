#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "git/objects/merge.h"
#include "git/repository.h"

namespace gs::close {

// The lines added to files between two states. Several phases need the same ones, so results are
// cached, up to a limit.
class AddedLines {
 public:
  using Lines = std::shared_ptr<const std::vector<git::AddedLine>>;

  // Of the work tree's content against an earlier entry. Nothing for a file that is not text now,
  // that has changed since it was hashed, or that a filter stores differently.
  [[nodiscard]] Lines of_worktree(const git::Repository& repository, const RepoPath& path,
                                  const git::TreeEntry& before, const git::TreeEntry& worktree);
  // Of any content.
  [[nodiscard]] Lines of_content(const git::Repository& repository, const RepoPath& path,
                                 const git::TreeEntry& before, const std::string& content);

  // Files whose earlier content cannot be read from the repository, with the reason: all of their
  // lines count as added, so that nothing is missed.
  [[nodiscard]] const std::map<RepoPath, std::string>& unreadable() const { return unreadable_; }

 private:
  std::string earlier_content(const git::Repository& repository, const RepoPath& path,
                              const git::TreeEntry& before);

  std::map<std::pair<std::string, std::string>, Lines> known_;  // by both blobs
  std::map<RepoPath, std::string> unreadable_;
  std::size_t bytes_ = 0;
};

[[nodiscard]] bool is_text_entry(const git::TreeEntry& entry);  // a regular file

}  // namespace gs::close
