#include "close/look/added_lines.h"

#include "base/error.h"
#include "git/objects/worktree_blobs.h"

namespace gs::close {

namespace {

constexpr std::size_t kMostKept = 64U << 20U;  // bytes of content

}  // namespace

bool is_text_entry(const git::TreeEntry& entry) {
  return entry.mode == git::FileMode::Regular || entry.mode == git::FileMode::Executable;
}

std::string AddedLines::earlier_content(const git::Repository& repository, const RepoPath& path,
                                        const git::TreeEntry& before) {
  if (!is_text_entry(before)) return "";
  try {
    return repository.read_blob(before.oid);
  } catch (const Error& error) {
    unreadable_.emplace(path, error.message());
    return "";
  }
}

AddedLines::Lines AddedLines::of_content(const git::Repository& repository, const RepoPath& path,
                                         const git::TreeEntry& before, const std::string& content) {
  return std::make_shared<const std::vector<git::AddedLine>>(
      git::added_lines(earlier_content(repository, path, before), content));
}

AddedLines::Lines AddedLines::of_worktree(const git::Repository& repository, const RepoPath& path,
                                          const git::TreeEntry& before,
                                          const git::TreeEntry& worktree) {
  static const Lines nothing = std::make_shared<const std::vector<git::AddedLine>>();
  if (!is_text_entry(worktree) || worktree == before) return nothing;
  const std::pair key(is_text_entry(before) ? before.oid.hex() : "", worktree.oid.hex());
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  const std::optional<std::string> now = git::worktree_content(repository, path, worktree.oid);
  if (!now) return nothing;
  Lines lines = of_content(repository, path, before, *now);
  if (bytes_ + now->size() <= kMostKept) {
    bytes_ += now->size();
    known_.emplace(key, lines);
  }
  return lines;
}

}  // namespace gs::close
