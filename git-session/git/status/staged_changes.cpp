#include "git/status/staged_changes.h"

#include <charconv>

#include "base/error.h"
#include "base/text.h"

namespace gs::git {
namespace {

[[noreturn]] void malformed(std::string_view record) {
  throw fatal("git diff-index answered something unknown: '" +
              strip_terminal_controls(ellipsize(record, 80)) + "'");
}

TreeEntry parse_entry(std::string_view mode, std::string_view hex) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(mode.data(), mode.data() + mode.size(), value, 8);
  const auto oid = ObjectId::parse(hex);
  if (error != std::errc{} || end != mode.data() + mode.size() || !oid) malformed(mode);
  return value == 0 ? TreeEntry{} : TreeEntry{static_cast<FileMode>(value), *oid};
}

}  // namespace

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

}  // namespace gs::git
