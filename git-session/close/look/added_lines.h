#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checks/secrets/content.h"
#include "git/repository.h"

namespace gs::close {

// What is added to files between two states. Several phases need the same, so results are cached,
// up to a limit.
class AddedLines {
 public:
  struct Added : checks::AddedContent {
    std::string unknown = {};  // why the content is not known; "" if it is
    bool filtered = false;     // unknown: only git's filter makes of it what is stored
  };
  using Lines = std::shared_ptr<const Added>;

  // Of the work tree's content against an earlier entry. Nothing for what is no regular file;
  // unknown if the file has changed since it was hashed, or a filter stores it differently.
  [[nodiscard]] Lines of_worktree(const git::Repository& repository, const RepoPath& path,
                                  const git::TreeEntry& before, const git::TreeEntry& worktree);
  // Of any content.
  [[nodiscard]] Lines of_content(const git::Repository& repository, const RepoPath& path,
                                 const git::TreeEntry& before, const std::string& content);
  // Of a stored blob.
  [[nodiscard]] Lines of_blob(const git::Repository& repository, const RepoPath& path,
                              const git::TreeEntry& before, const git::TreeEntry& after);

  // Files whose earlier content cannot be read from the repository, with the reason: all of their
  // lines count as added, so that nothing is missed.
  [[nodiscard]] const std::map<RepoPath, std::string>& unreadable() const { return unreadable_; }

 private:
  using Key = std::pair<std::string, std::string>;

  [[nodiscard]] Lines cached(const git::TreeEntry& before, const git::TreeEntry& after) const;
  Lines keep(const git::TreeEntry& before, const git::TreeEntry& after, std::size_t size,
             Lines lines);
  std::string earlier_content(const git::Repository& repository, const RepoPath& path,
                              const git::TreeEntry& before);

  std::map<Key, Lines> known_;  // by both blobs
  std::map<RepoPath, std::string> unreadable_;
  std::size_t bytes_ = 0;
};

}  // namespace gs::close
