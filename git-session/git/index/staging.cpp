#include "git/index/staging.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <charconv>
#include <unordered_map>

#include "base/error.h"
#include "base/file/file.h"
#include "base/screen.h"
#include "base/text.h"
#include "git/durable.h"
#include "git/index/index_listing.h"

namespace gs::git {
namespace {

[[noreturn]] void malformed(std::string_view record) {
  throw fatal("unexpected output of git diff-index: '" + escape_hidden(ellipsize(record, 80)) +
              "'");
}

TreeEntry parse_entry(std::string_view mode, std::string_view hex) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(mode.data(), mode.data() + mode.size(), value, 8);
  const auto oid = ObjectId::parse(hex);
  if (error != std::errc{} || end != mode.data() + mode.size() || !oid) malformed(mode);
  return value == 0 ? TreeEntry{} : TreeEntry{static_cast<FileMode>(value), *oid};
}

}  // namespace

void read_tree_into_index(const Repository& repository, const std::string& index_file,
                          const std::string& treeish) {
  run_on_index(repository.git(), index_file, {"read-tree", treeish});
}

void copy_index(const std::string& from, const std::string& to) {
  struct stat status {};
  if (stat(from.c_str(), &status) != 0) return;
  const std::optional<std::string> content = read_file_if_exists(from);
  if (!content) return;
  write_file_unsynced(to, *content);
  const timespec times[2] = {status.st_mtim, status.st_mtim};
  if (utimensat(AT_FDCWD, to.c_str(), times, 0) != 0) throw system_error("write", to, errno);
}

std::string index_info(const std::vector<IndexChange>& changes) {
  // Removals first: a directory may replace a file, or a file a directory.
  std::string removals;
  std::string additions;
  for (const IndexChange& change : changes) {
    (change.entry.present() ? additions : removals) +=
        index_info_line(change.path, change.entry, change.stage);
  }
  return removals + additions;
}

void apply_to_index(const Repository& repository, const std::string& index_file,
                    const std::vector<IndexChange>& changes) {
  if (changes.empty()) return;
  run_on_index(repository.git(), index_file, {"update-index", "-z", "--index-info"},
               index_info(changes));
}

ObjectId write_index_tree(const Repository& repository, const std::string& index_file) {
  const std::string hex = repository.git().output(index_arguments(index_file, {"write-tree"}),
                                                  index_options(index_file));
  const auto oid = ObjectId::parse(trim(hex));
  if (!oid) throw fatal("unexpected output of git write-tree");
  return *oid;
}

std::vector<TreeEntry> index_entries(const Repository& repository,
                                     const std::vector<RepoPath>& paths) {
  std::vector<TreeEntry> entries(paths.size());
  if (paths.empty()) return entries;
  std::unordered_map<RepoPath, TreeEntry> found;
  for (const RepoPath& path : paths) found.emplace(path, TreeEntry{});
  for (const StagedEntry& staged : list_index(repository, paths)) {
    const auto place = found.find(staged.path);
    if (staged.stage == 0 && place != found.end()) place->second = staged.entry;
  }
  for (std::size_t i = 0; i < paths.size(); ++i) entries[i] = found.at(paths[i]);
  return entries;
}

std::vector<TreeDiffEntry> staged_changes(const Repository& repository) {
  const auto head = repository.head().commit;
  const std::string listing =
      repository.git().output({"diff-index", "--cached", "--raw", "--no-renames", "--no-abbrev",
                               "--ita-invisible-in-index", "--ignore-submodules=none", "-z",
                               head ? head->hex() : Repository::empty_tree().hex(), "--"});
  // Each is ":mode mode id id state" NUL path NUL.
  const std::vector<std::string_view> fields = split(listing, '\0');
  std::vector<TreeDiffEntry> changes;
  for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
    const std::vector<std::string_view> words = split(fields[i], ' ');
    if (words.size() != 5 || !words[0].starts_with(':')) malformed(fields[i]);
    if (words[4].starts_with('U')) continue;
    changes.push_back({RepoPath(std::string(fields[i + 1])),
                       parse_entry(words[0].substr(1), words[2]), parse_entry(words[1], words[3])});
  }
  return changes;
}

void refresh_entries(const Repository& repository, const std::vector<RepoPath>& paths) {
  if (paths.empty()) return;
  ProcessOptions options;
  for (const RepoPath& path : paths) options.input += path.bytes() + '\0';
  (void)repository.git().run(
      // Git hashes a file below that size in memory.
      syncing(repository,
              {"-c", "core.bigFileThreshold=16m", "--literal-pathspecs", "add", "--refresh",
               "--ignore-errors", "--pathspec-from-file=-", "--pathspec-file-nul"}),
      options);
}

}  // namespace gs::git
