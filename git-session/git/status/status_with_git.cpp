#include "git/status/status.h"

#include <algorithm>
#include <charconv>

#include "base/screen.h"
#include "base/text.h"

// Runs `git status --porcelain=v2 -z` (git-status(1), "Porcelain Format Version 2").
namespace gs::git {
namespace {

[[noreturn]] void malformed(std::string_view record) {
  throw fatal("unexpected output of git status: '" + escape_hidden(ellipsize(record, 80)) + "'");
}

FileMode parse_mode(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 8);
  if (error != std::errc{} || end != text.data() + text.size()) malformed(text);
  const auto mode = static_cast<FileMode>(value);
  return mode == FileMode::Tree ? FileMode::None : mode;
}

TreeEntry parse_entry(std::string_view mode, std::string_view hex) {
  const auto oid = ObjectId::parse(hex);
  if (!oid) malformed(hex);
  TreeEntry entry{parse_mode(mode), *oid};
  return entry.present() ? entry : TreeEntry{};
}

// The first `count` fields of a record, and its path.
struct Fields {
  std::vector<std::string_view> values;
  RepoPath path;
};
Fields split_record(std::string_view record, std::size_t count) {
  Fields fields;
  std::string_view rest = record;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t space = rest.find(' ');
    if (space == std::string_view::npos) malformed(record);
    fields.values.push_back(rest.substr(0, space));
    rest.remove_prefix(space + 1);
  }
  fields.path = RepoPath(std::string(rest));
  return fields;
}

// 1 XY sub mH mI mW hH hI path
StatusEntry parse_changed(std::string_view record) {
  constexpr std::size_t kFields = 8;
  Fields fields = split_record(record, kFields);
  const auto& value = fields.values;
  const std::string_view state = value[1];
  const std::string_view submodule = value[2];  // "N..." or "S" with "C", "M", "U" or "."
  if (state.size() != 2 || submodule.size() != 4) malformed(record);
  StatusEntry entry;
  entry.path = std::move(fields.path);
  entry.head = parse_entry(value[3], value[6]);
  entry.index = parse_entry(value[4], value[7]);
  entry.worktree_mode = parse_mode(value[5]);
  entry.worktree_differs = state[1] != '.';
  if (submodule[0] == 'S') {
    entry.submodule_dirty = submodule[2] == 'M' || submodule[3] == 'U';
    const bool only_dirty_inside = state[1] == 'M' && submodule[1] != 'C';
    if (only_dirty_inside) entry.worktree_differs = false;
  }
  entry.intent_to_add = state[1] == 'A';
  return entry;
}

// u XY sub m1 m2 m3 mW h1 h2 h3 path
UnmergedEntry parse_unmerged(std::string_view record) {
  constexpr std::size_t kFields = 10;
  Fields fields = split_record(record, kFields);
  const auto& value = fields.values;
  UnmergedEntry entry;
  entry.path = std::move(fields.path);
  entry.base = parse_entry(value[3], value[7]);
  entry.ours = parse_entry(value[4], value[8]);
  entry.theirs = parse_entry(value[5], value[9]);
  entry.worktree_mode = parse_mode(value[6]);
  return entry;
}

void parse_untracked(std::string_view record, Status& status) {
  std::string path(record.substr(2));
  if (path.ends_with('/')) {
    path.pop_back();
    status.nested_repositories.emplace_back(std::move(path));
  } else {
    status.untracked.emplace_back(std::move(path));
  }
}

void parse_record(std::string_view record, Status& status) {
  if (record.size() < 3 || record[1] != ' ') malformed(record);
  switch (record[0]) {
    case '1':
      status.entries.push_back(parse_changed(record));
      break;
    case 'u':
      status.unmerged.push_back(parse_unmerged(record));
      break;
    case '?':
      parse_untracked(record, status);
      break;
    case '#':
      break;
    default:
      malformed(record);
  }
}

}  // namespace

Status read_status_with_git(const Repository& repository) {
  const std::string listing = repository.git().output(
      {"-c", "status.relativePaths=false", "status", "--porcelain=v2", "-z",
       "--untracked-files=all", "--no-renames", "--ignore-submodules=none", "--ignored=no"});
  Status result;
  std::string_view rest = listing;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\0');
    parse_record(rest.substr(0, end), result);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  const auto by_path = [](const auto& a, const auto& b) { return a.path < b.path; };
  std::sort(result.entries.begin(), result.entries.end(), by_path);
  std::sort(result.unmerged.begin(), result.unmerged.end(), by_path);
  std::sort(result.untracked.begin(), result.untracked.end());
  std::sort(result.nested_repositories.begin(), result.nested_repositories.end());
  result.left_out = find_left_out(repository);
  add_tracked_left_out(repository, result);
  return result;
}

}  // namespace gs::git
