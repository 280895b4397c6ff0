#include "snapshot/capture.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "git/config/values.h"
#include "git/objects/worktree_blobs.h"
#include "git/path_rules.h"

namespace gs::snapshot {
namespace {

using git::FileMode;
using git::Repository;
using git::Status;
using git::StatusEntry;
using git::TreeEdit;
using git::TreeEntry;
using git::WorktreeFile;

void refuse_unmerged(const Repository& repository, const Status& scan) {
  if (scan.unmerged.empty()) return;
  const std::size_t others = scan.unmerged.size() - 1;
  std::string message = "cannot take a snapshot: '" + scan.unmerged.front().path.quoted() + "'";
  if (others > 0) message += " and " + plural(others, "other file");
  message += others > 0 ? " are unmerged" : " is unmerged";
  const git::Operation operation = repository.operation_in_progress();
  std::string hint = "resolve the conflicts and 'git add' the files";
  if (operation != git::Operation::None) {
    hint += ", or end the operation with 'git ";
    hint += git::operation_name(operation);
    hint += " --abort'";
  }
  throw fatal(message).with_hint(std::move(hint));
}

std::string format_limit(std::uint64_t bytes) {
  constexpr std::array<std::pair<unsigned, std::string_view>, 3> units{
      {{30U, " GiB"}, {20U, " MiB"}, {10U, " KiB"}}};
  for (const auto& [shift, name] : units) {
    const std::uint64_t unit = std::uint64_t{1} << shift;
    if (bytes >= unit && bytes % unit == 0) return std::to_string(bytes >> shift).append(name);
  }
  return std::to_string(bytes) + " bytes";
}

// An intent-to-add entry has no content; a path that is no longer in the index is listed as
// untracked.
bool differs_from_index(const StatusEntry& entry) {
  return entry.intent_to_add || (entry.index.present() && entry.worktree_differs);
}

// Paths whose work-tree content must be stored: `tracked` ones of the scan's entries first, then
// the untracked ones.
struct Selection {
  std::vector<const StatusEntry*> tracked;
  std::vector<WorktreeFile> files;
};

// Missing or unreadable files are not: storing them will notice.
bool is_larger(const Repository& repository, const RepoPath& path, std::uint64_t largest) {
  struct stat status {};
  return ::lstat(repository.absolute(path).c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         static_cast<std::uint64_t>(status.st_size) > largest;
}

Selection select(const Repository& repository, const Status& scan, std::uint64_t largest,
                 std::vector<Skipped>& skipped) {
  Selection selection;
  for (const StatusEntry& entry : scan.entries) {
    if (entry.submodule_dirty) {
      skipped.push_back({entry.path, "changes inside the submodule are not part of it"});
    }
    if (!differs_from_index(entry) || entry.worktree_mode == FileMode::None) continue;
    selection.tracked.push_back(&entry);
    selection.files.push_back({entry.path, entry.index.mode});
  }
  for (const RepoPath& path : scan.untracked) {
    if (is_larger(repository, path, largest)) {
      skipped.push_back({path, "larger than " + format_limit(largest)});
    } else {
      selection.files.push_back({path, FileMode::None});
    }
  }
  for (const RepoPath& path : scan.nested_repositories) {
    skipped.push_back({path, "nested repository"});
  }
  return selection;
}

// Tracked paths that git no longer accepts stay as in HEAD.
void leave_refused_out(const Repository& repository, Status& scan, std::vector<Skipped>& skipped) {
  const git::PathRules rules(git::configuration(repository));
  std::erase_if(scan.entries, [&](const StatusEntry& entry) {
    const bool is_staged = entry.index.present() && entry.index != entry.head;
    auto refusal =
        rules.refusal(entry.path.bytes(), is_staged ? entry.index.mode : FileMode::Regular);
    if (!refusal) return false;
    skipped.push_back({entry.path, *std::move(refusal)});
    return true;
  });
}

// Tracked paths with unknown work-tree content are captured as staged.
void leave_unknown_out(Status& scan, std::vector<Skipped>& skipped) {
  for (const git::LeftOut& left_out : scan.left_out) {
    skipped.push_back({left_out.path, left_out.reason});
  }
  const std::set<RepoPath> unknown = git::tracked_left_out(scan);
  for (StatusEntry& entry : scan.entries) {
    if (unknown.contains(entry.path)) entry.worktree_differs = false;
  }
}

std::vector<TreeEdit> staged_edits(const Status& scan) {
  std::vector<TreeEdit> edits;
  for (const StatusEntry& entry : scan.entries) {
    // An intent-to-add entry has no content, so a tree of the index would not contain it.
    const TreeEntry staged = entry.intent_to_add ? TreeEntry{} : entry.index;
    if (staged != entry.head) edits.push_back({entry.path, staged});
  }
  return edits;
}

// Compares index and work tree. `stored`: the results for `selection.files`.
std::vector<TreeEdit> worktree_edits(const Status& scan, const Selection& selection,
                                     const git::ReadFiles& stored, CapturedTrees& trees) {
  std::vector<TreeEdit> edits;
  std::size_t next = 0;
  for (const StatusEntry& entry : scan.entries) {
    const bool selected = next < selection.tracked.size() && selection.tracked[next] == &entry;
    const auto now = selected ? stored.entries[next] : std::nullopt;
    const bool left_out = selected && stored.left_out[next].has_value();
    if (selected) ++next;
    if (!differs_from_index(entry) || left_out) continue;
    if (selected && !now && entry.worktree_mode == FileMode::Gitlink) {
      trees.skipped.push_back({entry.path, "no commit is checked out in the submodule"});
      continue;
    }
    if (now == entry.index && !entry.intent_to_add) continue;  // only its stat data changed
    ++trees.counts.unstaged;
    if (!now) ++trees.counts.deleted;
    if (now || !entry.intent_to_add) edits.push_back({entry.path, now.value_or(TreeEntry{})});
  }
  return edits;
}

std::vector<TreeEdit> untracked_edits(const Selection& selection, const git::ReadFiles& stored) {
  std::vector<TreeEdit> edits;
  for (std::size_t i = selection.tracked.size(); i < selection.files.size(); ++i) {
    if (stored.entries[i]) edits.push_back({selection.files[i].path, *stored.entries[i]});
  }
  return edits;
}

// One reason per path is enough.
void sort_skipped(std::vector<Skipped>& skipped) {
  std::stable_sort(skipped.begin(), skipped.end(),
                   [](const Skipped& a, const Skipped& b) { return a.path < b.path; });
  const auto same_path = [](const Skipped& a, const Skipped& b) { return a.path == b.path; };
  skipped.erase(std::unique(skipped.begin(), skipped.end(), same_path), skipped.end());
}

ExtraState extra_state(const git::Head& head, const Status& scan) {
  ExtraState state;
  if (!head.commit && head.branch) state.unborn = "refs/heads/" + *head.branch;
  for (const StatusEntry& entry : scan.entries) {
    if (entry.intent_to_add) state.intent_to_add.push_back(entry.path);
  }
  return state;
}

git::ObjectId edited(const Repository& repository, const git::ObjectId& tree,
                     std::vector<TreeEdit> edits) {
  // Git knows the empty tree without storing it; here it must be stored.
  const bool is_stored = tree != Repository::empty_tree();
  return edits.empty() && is_stored ? tree : repository.edit_tree(tree, std::move(edits));
}

constexpr std::string_view kUnborn = "Unborn: ";
constexpr std::string_view kIntentToAdd = "Intent-to-add: ";

bool is_state_line(std::string_view line) {
  return line.starts_with(kUnborn) || line.starts_with(kIntentToAdd);
}

bool is_octal(char c) {
  return c >= '0' && c <= '7';
}

// The byte of the backslash sequence at `at` (after the backslash); moves `at` past it.
char unescape(std::string_view text, std::size_t& at) {
  constexpr std::string_view letters = "abtnvfr";
  constexpr std::string_view bytes = "\a\b\t\n\v\f\r";
  if (at + 2 < text.size() && is_octal(text[at]) && is_octal(text[at + 1]) &&
      is_octal(text[at + 2])) {
    const int value = (text[at] - '0') * 64 + (text[at + 1] - '0') * 8 + (text[at + 2] - '0');
    at += 3;
    return static_cast<char>(static_cast<unsigned char>(value));
  }
  const char c = text[at++];
  const auto letter = letters.find(c);
  return letter == std::string_view::npos ? c : bytes[letter];
}

// The reverse of RepoPath::quoted().
RepoPath unquote(std::string_view text) {
  if (text.size() < 2 || !text.starts_with('"') || !text.ends_with('"')) {
    return RepoPath(std::string(text));
  }
  text = text.substr(1, text.size() - 2);
  std::string bytes;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at++];
    bytes += c == '\\' && at < text.size() ? unescape(text, at) : c;
  }
  return RepoPath(std::move(bytes));
}

}  // namespace

CapturedTrees capture_trees(const Repository& repository, Status scan,
                            std::uint64_t largest_untracked) {
  refuse_unmerged(repository, scan);
  const git::Head head = repository.head();
  CapturedTrees trees;
  trees.head = head.commit;
  trees.extra = extra_state(head, scan);
  leave_refused_out(repository, scan, trees.skipped);
  leave_unknown_out(scan, trees.skipped);
  const Selection selection = select(repository, scan, largest_untracked, trees.skipped);
  const git::ReadFiles stored = git::store_readable_files(repository, selection.files);
  for (const auto& left_out : stored.left_out) {
    if (left_out) trees.skipped.push_back({left_out->path, left_out->reason});
  }

  auto staged = staged_edits(scan);
  auto unstaged = worktree_edits(scan, selection, stored, trees);
  auto untracked = untracked_edits(selection, stored);
  sort_skipped(trees.skipped);
  trees.counts.staged = staged.size();
  trees.counts.untracked = untracked.size();
  if (trees.empty()) return trees;

  const git::ObjectId head_tree =
      edited(repository,
             head.commit ? repository.commit(*head.commit).tree : Repository::empty_tree(), {});
  // At a fixed time, so that the same content always has the same base.
  trees.base = head.commit ? *head.commit
                           : repository.write_commit(head_tree, {}, "unborn branch\n", Timestamp{});
  trees.index_tree = edited(repository, head_tree, std::move(staged));
  trees.worktree_tree = edited(repository, trees.index_tree, std::move(unstaged));
  if (!untracked.empty()) {
    trees.untracked_tree = edited(repository, Repository::empty_tree(), std::move(untracked));
  }
  return trees;
}

git::ObjectId write_stash_commit(const Repository& repository, const CapturedTrees& trees,
                                 const std::string& message, Timestamp time) {
  const std::string subject = message.substr(0, message.find('\n'));
  std::vector<git::ObjectId> parents{
      trees.base,
      repository.write_commit(trees.index_tree, {trees.base}, "index of " + subject + "\n", time)};
  if (trees.untracked_tree) {
    parents.push_back(repository.write_commit(*trees.untracked_tree, {},
                                              "untracked files of " + subject + "\n", time));
  }
  return repository.write_commit(trees.worktree_tree, parents,
                                 add_extra_state(message, trees.extra), time);
}

std::string add_extra_state(std::string_view message, const ExtraState& state) {
  std::string text;
  for (const std::string_view line : split_lines(message)) {
    if (is_state_line(line)) text += ' ';
    text += line;
    text += '\n';
  }
  if (state.empty()) return text;
  text += '\n';
  if (state.unborn) text.append(kUnborn).append(*state.unborn).append("\n");
  for (const RepoPath& path : state.intent_to_add) {
    text.append(kIntentToAdd).append(path.quoted()).append("\n");
  }
  return text;
}

ExtraState extra_state_in(std::string_view message) {
  ExtraState state;
  for (const std::string_view line : split_lines(message)) {
    if (line.starts_with(kUnborn)) state.unborn = line.substr(kUnborn.size());
    if (line.starts_with(kIntentToAdd)) {
      state.intent_to_add.push_back(unquote(line.substr(kIntentToAdd.size())));
    }
  }
  return state;
}

}  // namespace gs::snapshot
