#include "close/look/added_lines.h"

#include "base/error.h"
#include "base/file/file.h"
#include "git/objects/worktree_blobs.h"

namespace gs::close {

namespace {

constexpr std::size_t kMostKept = 64U << 20U;  // bytes of content

AddedLines::Lines nothing() {
  static const AddedLines::Lines empty = std::make_shared<const AddedLines::Added>();
  return empty;
}

AddedLines::Lines unknown(std::string why, bool filtered = false) {
  AddedLines::Added added;
  added.unknown = std::move(why);
  added.filtered = filtered;
  return std::make_shared<const AddedLines::Added>(std::move(added));
}

bool is_too_large(std::uint64_t size) {
  return size > checks::kMostSearched;
}

AddedLines::Lines too_large() {
  return unknown("larger than " + std::to_string(checks::kMostSearched >> 20U) + " MiB");
}

std::pair<std::string, std::string> key_of(const git::TreeEntry& before,
                                           const git::TreeEntry& after) {
  return {before.is_file() ? before.oid.hex() : "", after.oid.hex()};
}

}  // namespace

AddedLines::Lines AddedLines::cached(const git::TreeEntry& before,
                                     const git::TreeEntry& after) const {
  const auto found = known_.find(key_of(before, after));
  return found == known_.end() ? nullptr : found->second;
}

AddedLines::Lines AddedLines::keep(const git::TreeEntry& before, const git::TreeEntry& after,
                                   std::size_t size, Lines lines) {
  if (bytes_ + size <= kMostKept) {
    bytes_ += size;
    known_.emplace(key_of(before, after), lines);
  }
  return lines;
}

std::string AddedLines::earlier_content(const git::Repository& repository, const RepoPath& path,
                                        const git::TreeEntry& before) {
  if (!before.is_file()) return "";
  try {
    // All of what has shrunk to a searchable size counts as added.
    if (is_too_large(repository.blob_size(before.oid))) return "";
    return repository.read_blob(before.oid);
  } catch (const Error& error) {
    unreadable_.emplace(path, error.message());
    return "";
  }
}

AddedLines::Lines AddedLines::of_content(const git::Repository& repository, const RepoPath& path,
                                         const git::TreeEntry& before, const std::string& content) {
  if (is_too_large(content.size())) return too_large();
  return std::make_shared<const Added>(
      Added{checks::added_content(earlier_content(repository, path, before), content)});
}

AddedLines::Lines AddedLines::of_blob(const git::Repository& repository, const RepoPath& path,
                                      const git::TreeEntry& before, const git::TreeEntry& after) {
  if (!after.is_file() || after == before) return nothing();
  if (Lines known = cached(before, after)) return known;
  if (is_too_large(repository.blob_size(after.oid))) return too_large();
  const std::string content = repository.read_blob(after.oid);
  return keep(before, after, content.size(), of_content(repository, path, before, content));
}

AddedLines::Lines AddedLines::of_worktree(const git::Repository& repository, const RepoPath& path,
                                          const git::TreeEntry& before,
                                          const git::TreeEntry& worktree) {
  if (!worktree.is_file() || worktree == before) return nothing();
  if (Lines known = cached(before, worktree)) return known;
  const auto info = repository.files().info(path);
  if (info && is_too_large(info->size)) return too_large();
  const std::optional<std::string> now = git::worktree_content(repository, path, worktree.oid);
  if (!now) return unknown("a filter stores it in another form, or it has changed", true);
  return keep(before, worktree, now->size(), of_content(repository, path, before, *now));
}

}  // namespace gs::close
