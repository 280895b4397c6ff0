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

// The lines that files get between two states. Several phases look at the same ones: what was
// compared once is kept, up to a limit.
class AddedLines {
 public:
  using Lines = std::shared_ptr<const std::vector<git::AddedLine>>;

  // Of the work tree's content against an earlier entry. Nothing for what is no text file now, for
  // a file that has changed since it was hashed, and for one that a filter stores as something
  // else.
  [[nodiscard]] Lines of_worktree(const git::Repository& repository, const RepoPath& path,
                                  const git::TreeEntry& before, const git::TreeEntry& worktree);
  // Of any content.
  [[nodiscard]] Lines of_content(const git::Repository& repository, const RepoPath& path,
                                 const git::TreeEntry& before, const std::string& content);

  // Files whose earlier content the repository cannot give, with the reason: all of their lines
  // count as added, so that nothing among them is missed.
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
