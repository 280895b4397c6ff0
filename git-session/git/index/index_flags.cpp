#include "git/index/index_flags.h"

#include <sys/stat.h>

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "base/ascii.h"
#include "base/file/file.h"
#include "git/index/index_file.h"
#include "git/index/index_listing.h"
#include "git/index/staging.h"
#include "git/libgit2.h"

namespace gs::git {
namespace {

struct Flags {
  bool assume_unchanged = false;
  bool skip_worktree = false;
};
using Entries = std::map<std::string, Flags>;

// `git ls-files -v` (an upper case S is skip-worktree, lower case is assume-unchanged).
Entries list_flags(const GitCommand& git, const std::string& file) {
  const std::string listing = git.output({"ls-files", "-v", "-z"}, index_options(file));
  Entries entries;
  std::size_t at = 0;
  while (at + 2 < listing.size()) {
    const std::size_t end = std::min(listing.find('\0', at), listing.size());
    const char tag = listing[at];
    entries[listing.substr(at + 2, end - at - 2)] = {is_lower(tag), tag == 'S' || tag == 's'};
    at = end + 1;
  }
  return entries;
}

// Those that have any flag.
Entries flagged(const GitCommand& git, const std::string& file) {
  Entries entries;
  const auto index = IndexFile::read(file);
  if (!index) {
    entries = list_flags(git, file);
    std::erase_if(entries, [](const auto& entry) {
      return !entry.second.assume_unchanged && !entry.second.skip_worktree;
    });
    return entries;
  }
  for (const IndexEntry& entry : index->entries()) {
    if (entry.stage == 0 && (entry.assume_unchanged || entry.skip_worktree))
      entries.emplace(entry.path, Flags{entry.assume_unchanged, entry.skip_worktree});
  }
  return entries;
}

// The flags of those of `wanted` that the file has.
Entries flags_of(const GitCommand& git, const std::string& file, const Entries& wanted) {
  const auto index = IndexFile::read(file);
  Entries entries;
  if (!index) entries = list_flags(git, file);
  for (const auto& [path, flags] : wanted) {
    if (!index) break;
    for (const IndexEntry& entry : index->entries_at(path)) {
      if (entry.stage == 0) entries[path] = {entry.assume_unchanged, entry.skip_worktree};
    }
  }
  return entries;
}

void mark(const GitCommand& git, const char* option, std::string paths, ProcessOptions options) {
  if (paths.empty()) return;
  options.input = std::move(paths);
  require_indexed("update-index",
                  git.run({"update-index", option, "-z", "--stdin"}, std::move(options)));
}

}  // namespace

void keep_index_flags(const GitCommand& git, const std::string& from, const std::string& to,
                      const ProcessOptions& options) {
  const Entries before = flagged(git, from);
  if (before.empty()) return;
  const Entries after = flags_of(git, to, before);
  std::string assumed;
  std::string skipped;
  for (const auto& [path, flags] : before) {
    const auto now = after.find(path);
    if (now == after.end()) continue;
    if (flags.assume_unchanged && !now->second.assume_unchanged) assumed += path + '\0';
    if (flags.skip_worktree && !now->second.skip_worktree) skipped += path + '\0';
  }
  mark(git, "--assume-unchanged", std::move(assumed), options);
  mark(git, "--skip-worktree", std::move(skipped), options);
}

std::vector<HiddenFile> hidden_files(const Repository& repository) {
  std::map<std::string, bool, std::less<>> directories;  // whether it is there
  const auto look_at = [&](const RepoPath& path) -> std::optional<struct stat> {
    const std::string directory(path.parent());
    const std::string absolute = repository.absolute(path);
    auto known = directories.find(directory);
    if (known == directories.end()) {
      const bool there = file_info(parent_directory(absolute)).has_value();
      known = directories.emplace(directory, there).first;
    }
    struct stat status {};
    if (!known->second || ::lstat(absolute.c_str(), &status) != 0) return std::nullopt;
    return status;
  };
  std::vector<HiddenFile> hidden;
  if (const auto index = own_index(repository)) {
    for (const IndexEntry& entry : index->entries()) {
      if (entry.stage != 0 || (!entry.assume_unchanged && !entry.skip_worktree)) continue;
      const RepoPath path{std::string(entry.path)};
      const auto status = look_at(path);
      if (!status) continue;
      const StatData then = entry.stat_data();
      const bool same =
          then.size == static_cast<std::uint32_t>(status->st_size) &&
          then.mtime_seconds == static_cast<std::uint32_t>(status->st_mtim.tv_sec) &&
          then.mtime_nanoseconds == static_cast<std::uint32_t>(status->st_mtim.tv_nsec);
      if (!same) hidden.push_back({path, {entry.mode, entry.oid()}});
    }
    return hidden;
  }
  std::vector<RepoPath> paths;
  for (const auto& [name, flags] : flagged(repository.git(), repository.impl().index_path())) {
    if (look_at(RepoPath(name))) paths.emplace_back(name);
  }
  const std::vector<TreeEntry> entries = index_entries(repository, paths);
  for (std::size_t i = 0; i < paths.size(); ++i) hidden.push_back({paths[i], entries[i]});
  return hidden;
}

std::set<RepoPath> skip_worktree_paths(const Repository& repository) {
  std::set<RepoPath> paths;
  for (const auto& [path, flags] : flagged(repository.git(), repository.impl().index_path())) {
    if (flags.skip_worktree) paths.insert(RepoPath(path));
  }
  return paths;
}

}  // namespace gs::git
