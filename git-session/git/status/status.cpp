#include "git/status/status.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/file/file.h"
#include "base/text.h"
#include "git/index/index_file.h"
#include "git/index/index_listing.h"
#include "git/libgit2.h"
#include "git/objects/worktree_blobs.h"
#include "git/status/diff_index.h"
#include "git/status/ignore_rules.h"
#include "git/status/worktree_walk.h"

namespace gs::git {
namespace {

using Configuration = std::vector<ConfigValue>;

bool is_set(const Configuration& configuration, const std::string& key, bool otherwise) {
  const auto value = last_value(configuration, key);
  return value ? parse_bool(*value).value_or(true) : otherwise;
}

// False under settings that make names or files differ from what the file system says.
bool is_plain(const Configuration& configuration) {
  return !is_set(configuration, "core.ignorecase", false) &&
         !is_set(configuration, "core.fsmonitor", false) &&
         !is_set(configuration, "core.precomposeunicode", false);
}

StatRules stat_rules(const Configuration& configuration) {
  StatRules rules;
  rules.trust_mode = is_set(configuration, "core.filemode", true);
  rules.has_symlinks = is_set(configuration, "core.symlinks", true);
  rules.trust_ctime = is_set(configuration, "core.trustctime", true);
  rules.check_all = to_lower(last_value(configuration, "core.checkstat").value_or("")) != "minimal";
  rules.sparse_checkout = is_set(configuration, "core.sparsecheckout", false);
  return rules;
}

// Git follows replace refs, libgit2 does not.
bool has_replacements(const Repository& repository) {
  if (environment_variable("GIT_REPLACE_REF_BASE")) return true;
  const std::string& common = repository.common_dir();
  if (!list_directory(join_path(common, "refs/replace")).empty()) return true;
  const auto packed = read_file_if_exists(join_path(common, "packed-refs"));
  return packed && packed->find(" refs/replace/") != std::string::npos;
}

template <typename T>
void append(std::vector<T>& to, std::vector<T>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// Asks git about what the walk left undecided, and walks the directories that are not ignored.
bool decide(const Repository& repository, const IndexFile& index, Walked& walked) {
  while (walked.understood && !walked.undecided.empty()) {
    const std::vector<Undecided> asked = std::exchange(walked.undecided, {});
    const auto ignored = ignored_by_rules(repository, asked);
    if (!ignored) return false;
    std::vector<Undecided> directories;
    for (const Undecided& candidate : asked) {
      if (ignored->contains(candidate.path)) continue;
      if (candidate.is_directory) {
        directories.push_back(candidate);
      } else {
        (candidate.is_special ? walked.special : walked.untracked).push_back(candidate.path);
      }
    }
    if (directories.empty()) break;
    Walked more = walk_untracked(repository.work_tree(), index, directories);
    walked.understood = more.understood;
    walked.refused = std::move(more.refused);
    append(walked.untracked, std::move(more.untracked));
    append(walked.nested_repositories, std::move(more.nested_repositories));
    append(walked.special, std::move(more.special));
    append(walked.undecided, std::move(more.undecided));
  }
  return walked.understood;
}

// Drops the entries whose files only look changed. False if git would hash what we do not.
bool compare_content(const Repository& repository, const IndexFile& index, Walked& walked) {
  std::vector<WorktreeFile> files;
  for (const WalkedEntry& entry : walked.entries) {
    const IndexEntry& known = index.entries()[entry.entry];
    if (entry.content_unknown) files.push_back({RepoPath(std::string(known.path)), known.mode});
  }
  if (files.empty()) return true;
  const ReadFiles hashed = hash_readable_files(repository, files);
  for (const auto& left_out : hashed.left_out) {
    if (left_out && left_out->kind == LeftOut::Kind::Name) return false;
  }
  std::size_t next = 0;
  std::erase_if(walked.entries, [&](WalkedEntry& entry) {
    if (!entry.content_unknown) return false;
    const IndexEntry& known = index.entries()[entry.entry];
    const auto& now = hashed.entries[next];
    // What cannot be read counts as changed, as for git.
    if (!now && !hashed.left_out[next]) entry.mode = FileMode::None;
    ++next;
    return now == TreeEntry{known.mode, known.oid()};
  });
  return true;
}

// Combines the comparisons of HEAD, index and work tree.
class Assembly {
 public:
  Assembly(const IndexFile& index, const std::vector<IndexDiffEntry>& differences) : index_(index) {
    for (const IndexDiffEntry& difference : differences) {
      StatusEntry& entry = entry_at(difference.path);
      entry.head = difference.head;
      if (!difference.entry) continue;
      entry.index = staged(*difference.entry);
      entry.worktree_mode = entry.index.mode;
    }
  }

  void add(const WalkedEntry& walked) {
    const IndexEntry& known = index_.entries()[walked.entry];
    if (known.stage != 0) {
      unmerged_modes_[walked.entry] = walked.mode;
      return;
    }
    const std::string path(known.path);
    const bool same_in_head = !entries_.contains(path) && !known.intent_to_add;
    StatusEntry& entry = entry_at(path);
    if (!known.intent_to_add) entry.index = staged(walked.entry);
    if (same_in_head) entry.head = entry.index;
    entry.worktree_mode = walked.mode;
    entry.worktree_differs = true;
    entry.intent_to_add = known.intent_to_add;
  }

  // False if a submodule is unmerged.
  bool finish(Status& status) {
    for (auto& [path, entry] : entries_) status.entries.push_back(std::move(entry));
    for (std::size_t at = 0; at < index_.entries().size(); ++at) {
      const IndexEntry& known = index_.entries()[at];
      if (known.stage == 0) continue;
      if (known.mode == FileMode::Gitlink) return false;
      if (status.unmerged.empty() || status.unmerged.back().path.bytes() != known.path) {
        UnmergedEntry entry;
        entry.path = RepoPath(std::string(known.path));
        const auto mode = unmerged_modes_.find(at);
        if (mode == unmerged_modes_.end()) return false;
        entry.worktree_mode = mode->second;
        status.unmerged.push_back(std::move(entry));
      }
      UnmergedEntry& entry = status.unmerged.back();
      (known.stage == 1 ? entry.base : known.stage == 2 ? entry.ours : entry.theirs) = staged(at);
    }
    return true;
  }

 private:
  StatusEntry& entry_at(const std::string& path) {
    StatusEntry& entry = entries_[path];
    entry.path = RepoPath(path);
    return entry;
  }
  [[nodiscard]] TreeEntry staged(std::size_t at) const {
    return {index_.entries()[at].mode, index_.entries()[at].oid()};
  }

  const IndexFile& index_;
  std::map<std::string, StatusEntry> entries_;
  std::map<std::size_t, FileMode> unmerged_modes_;
};

std::vector<RepoPath> sorted_paths(std::vector<std::string>&& names) {
  std::sort(names.begin(), names.end());
  std::vector<RepoPath> paths;
  paths.reserve(names.size());
  for (std::string& name : names) paths.emplace_back(std::move(name));
  return paths;
}

}  // namespace

std::optional<Status> read_status_in_process(const Repository& repository) {
  const Configuration& configuration = repository.impl().configuration();
  if (!is_plain(configuration) || has_replacements(repository)) return std::nullopt;
  const auto ignores = standard_ignores(repository);
  const auto index = ignores ? own_index(repository) : nullptr;
  if (!index) return std::nullopt;
  Walked walked =
      walk_worktree(repository.work_tree(), *index, stat_rules(configuration), *ignores);
  const bool decided = decide(repository, *index, walked);
  if (walked.refused) throw *walked.refused;
  if (!decided) return std::nullopt;
  if (!compare_content(repository, *index, walked)) return std::nullopt;

  Status status;
  const auto differences = diff_index(repository, *index);
  Assembly assembly(*index, differences);
  for (const WalkedEntry& entry : walked.entries) assembly.add(entry);
  if (!assembly.finish(status)) return std::nullopt;
  status.untracked = sorted_paths(std::move(walked.untracked));
  status.nested_repositories = sorted_paths(std::move(walked.nested_repositories));
  for (std::string& path : walked.special) {
    auto special = untracked_special(repository, RepoPath(std::move(path)));
    if (special) status.left_out.push_back(*std::move(special));
  }
  add_tracked_left_out(repository, status);
  return status;
}

Status read_status(const Repository& repository) {
  auto result = read_status_in_process(repository);
  Status status = result ? std::move(*result) : read_status_with_git(repository);
  std::erase_if(status.untracked,
                [](const RepoPath& path) { return is_temp_file_name(path.name()); });
  return status;
}

void add_tracked_left_out(const Repository& repository, Status& status) {
  const auto add = [&](const RepoPath& path) {
    auto left_out = tracked_left_out(repository, path);
    if (left_out) status.left_out.push_back(*std::move(left_out));
  };
  for (const StatusEntry& entry : status.entries) {
    if (entry.worktree_differs) add(entry.path);
  }
  for (const UnmergedEntry& entry : status.unmerged) add(entry.path);
  sort_left_out(status.left_out);
}

std::set<RepoPath> tracked_left_out(const Status& status) {
  std::set<RepoPath> paths;
  for (const LeftOut& left_out : status.left_out) {
    if (left_out.tracked) paths.insert(left_out.path);
  }
  return paths;
}

std::vector<RepoPath> changed_paths(const Status& status) {
  std::vector<RepoPath> paths;
  for (const StatusEntry& entry : status.entries) {
    // Changes inside a submodule are not changes of this repository.
    if (entry.head == entry.index && !entry.worktree_differs && !entry.intent_to_add) continue;
    paths.push_back(entry.path);
  }
  for (const UnmergedEntry& entry : status.unmerged) paths.push_back(entry.path);
  paths.insert(paths.end(), status.untracked.begin(), status.untracked.end());
  paths.insert(paths.end(), status.nested_repositories.begin(), status.nested_repositories.end());
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

}  // namespace gs::git
