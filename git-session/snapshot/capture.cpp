#include "snapshot/capture.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/size.h"
#include "base/text.h"
#include "git/config/values.h"
#include "git/index/index_flags.h"
#include "git/objects/attributes.h"
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
using git::UnmergedEntry;
using git::WorktreeFile;

// An intent-to-add entry has no content; a path that is no longer in the index is listed as
// untracked.
bool differs_from_index(const StatusEntry& entry) {
  return entry.intent_to_add || (entry.index.present() && entry.worktree_differs);
}

// Paths whose work-tree content must be stored: `tracked` ones of the scan's entries first, then
// those of its unmerged ones, then the untracked ones.
struct Selection {
  std::vector<const StatusEntry*> tracked;
  std::vector<const UnmergedEntry*> unmerged;  // the next ones
  std::vector<git::HiddenFile> hidden;         // the next ones
  std::vector<WorktreeFile> files;

  [[nodiscard]] std::size_t untracked() const {
    return tracked.size() + unmerged.size() + hidden.size();
  }
};

FileMode any_of_its_modes(const UnmergedEntry& entry) {
  for (const TreeEntry* side : {&entry.ours, &entry.theirs, &entry.base}) {
    if (side->present()) return side->mode;
  }
  return FileMode::None;
}

// Missing or unreadable files are not: storing them will notice.
bool is_larger(const Repository& repository, const RepoPath& path, std::uint64_t largest) {
  struct stat status {};
  return ::lstat(repository.absolute(path).c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         static_cast<std::uint64_t>(status.st_size) > largest;
}

Selection select(const Repository& repository, const Status& scan, const CaptureOptions& options,
                 std::vector<Skipped>& skipped) {
  const std::uint64_t largest = options.largest_untracked;
  const std::set<RepoPath> also(options.also.begin(), options.also.end());
  Selection selection;
  for (const StatusEntry& entry : scan.entries) {
    if (entry.submodule_dirty) {
      skipped.push_back({entry.path, "changes inside the submodule are not part of it"});
    }
    if (!differs_from_index(entry) || entry.worktree_mode == FileMode::None) continue;
    selection.tracked.push_back(&entry);
    selection.files.push_back({entry.path, entry.index.mode});
  }
  for (const UnmergedEntry& entry : scan.unmerged) {
    if (entry.worktree_mode == FileMode::None) continue;
    selection.unmerged.push_back(&entry);
    selection.files.push_back({entry.path, any_of_its_modes(entry)});
  }
  std::set<RepoPath> listed;
  for (const StatusEntry& entry : scan.entries) listed.insert(entry.path);
  for (git::HiddenFile& file : git::hidden_files(repository)) {
    if (listed.contains(file.path)) continue;
    selection.files.push_back({file.path, file.index.mode});
    selection.hidden.push_back(std::move(file));
  }
  for (const RepoPath& path : also) selection.files.push_back({path, FileMode::None});
  for (const RepoPath& path : scan.untracked) {
    if (also.contains(path)) continue;
    if (is_larger(repository, path, largest)) {
      skipped.push_back({path, "larger than " + format_size(largest)});
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

// What a filter refuses is kept as it is.
void keep_unconverted(const Repository& repository, const Selection& selection,
                      git::ReadFiles& stored) {
  for (std::size_t i = 0; i < selection.files.size(); ++i) {
    if (!stored.left_out[i] || stored.left_out[i]->kind != git::LeftOut::Kind::Filter) continue;
    git::ReadFiles raw = git::store_raw_files(repository, {selection.files[i]});
    stored.entries[i] = raw.entries[0];
    stored.left_out[i] = std::move(raw.left_out[0]);
  }
}

// Of the unmerged paths, against HEAD: nothing of them is staged.
void add_unmerged_edits(const Status& scan, const Selection& selection,
                        const git::ReadFiles& stored, CapturedTrees& trees,
                        std::vector<TreeEdit>& edits) {
  std::size_t next = selection.tracked.size();
  std::size_t selected = 0;
  for (const UnmergedEntry& entry : scan.unmerged) {
    ++trees.counts.unstaged;
    ++trees.counts.unmerged;
    std::optional<TreeEntry> now;
    bool left_out = false;
    if (selected < selection.unmerged.size() && selection.unmerged[selected] == &entry) {
      now = stored.entries[next];
      left_out = stored.left_out[next].has_value();
      ++selected;
      ++next;
    }
    if (!now && !left_out) ++trees.counts.deleted;
    if (!left_out) edits.push_back({entry.path, now.value_or(TreeEntry{})});
  }
}

// Of files at which git does not look.
void add_hidden_edits(const Selection& selection, const git::ReadFiles& stored,
                      CapturedTrees& trees, std::vector<TreeEdit>& edits) {
  const std::size_t first = selection.tracked.size() + selection.unmerged.size();
  for (std::size_t i = 0; i < selection.hidden.size(); ++i) {
    const std::optional<TreeEntry>& now = stored.entries[first + i];
    if (!now || *now == selection.hidden[i].index) continue;
    ++trees.counts.unstaged;
    edits.push_back({selection.hidden[i].path, *now});
  }
}

std::vector<TreeEdit> untracked_edits(const Selection& selection, const git::ReadFiles& stored) {
  std::vector<TreeEdit> edits;
  for (std::size_t i = selection.untracked(); i < selection.files.size(); ++i) {
    if (stored.entries[i]) edits.push_back({selection.files[i].path, *stored.entries[i]});
  }
  return edits;
}

RepoPath below(const char* directory, const RepoPath& path) {
  return RepoPath(std::string(directory) + "/" + path.bytes());
}

// Staged, and for git the same in the work tree: a checkout might write other bytes.
void add_converted_when_staged(const Repository& repository, const Status& scan,
                               std::uint64_t largest, std::vector<WorktreeFile>& files) {
  git::Attributes attributes(repository);
  for (const StatusEntry& entry : scan.entries) {
    const bool staged = entry.index.present() && entry.index != entry.head;
    if (!staged || differs_from_index(entry) || entry.worktree_mode == FileMode::None) continue;
    if (attributes.of(entry.path) == git::Conversion::None) continue;
    if (!is_larger(repository, entry.path, largest))
      files.push_back({entry.path, entry.index.mode});
  }
}

// What the stash format cannot express.
std::vector<TreeEdit> exact_edits(const Repository& repository, const Status& scan,
                                  const Selection& selection, const git::ReadFiles& stored,
                                  std::uint64_t largest) {
  std::vector<TreeEdit> edits;
  for (const UnmergedEntry& entry : scan.unmerged) {
    if (entry.base.present()) edits.push_back({below("stage1", entry.path), entry.base});
    if (entry.ours.present()) edits.push_back({below("stage2", entry.path), entry.ours});
    if (entry.theirs.present()) edits.push_back({below("stage3", entry.path), entry.theirs});
  }
  std::vector<std::size_t> converted;
  std::vector<WorktreeFile> files;
  for (std::size_t i = 0; i < selection.files.size(); ++i) {
    if (!stored.entries[i] || !stored.converted[i]) continue;
    const RepoPath& path = selection.files[i].path;
    if (is_larger(repository, path, largest)) {
      edits.push_back({below("filtered", path), *stored.entries[i]});
    } else {
      converted.push_back(i);
      files.push_back(selection.files[i]);
    }
  }
  const std::size_t read = files.size();
  add_converted_when_staged(repository, scan, largest, files);
  const git::ReadFiles raw = git::store_raw_files(repository, files);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::optional<TreeEntry>& bytes = raw.entries[i];
    if (bytes && (i >= read || bytes->oid != stored.entries[converted[i]]->oid))
      edits.push_back({below("raw", files[i].path), *bytes});
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
constexpr std::string_view kRestored = "Restored: ";
constexpr std::string_view kAbsent = "Absent: ";

bool is_state_line(std::string_view line) {
  constexpr std::array<std::string_view, 4> kAll{kUnborn, kIntentToAdd, kRestored, kAbsent};
  return std::any_of(kAll.begin(), kAll.end(),
                     [line](std::string_view key) { return line.starts_with(key); });
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
                            const CaptureOptions& options) {
  const git::Head head = repository.head();
  CapturedTrees trees;
  trees.head = head.commit;
  trees.extra = extra_state(head, scan);
  trees.extra.restored = options.restored;
  trees.extra.absent = options.absent;
  leave_refused_out(repository, scan, trees.skipped);
  leave_unknown_out(scan, trees.skipped);
  const Selection selection = select(repository, scan, options, trees.skipped);
  git::ReadFiles stored = git::store_readable_files(repository, selection.files);
  keep_unconverted(repository, selection, stored);
  for (const auto& left_out : stored.left_out) {
    if (left_out) trees.skipped.push_back({left_out->path, left_out->reason});
  }

  auto staged = staged_edits(scan);
  auto unstaged = worktree_edits(scan, selection, stored, trees);
  add_unmerged_edits(scan, selection, stored, trees, unstaged);
  add_hidden_edits(selection, stored, trees, unstaged);
  auto untracked = untracked_edits(selection, stored);
  sort_skipped(trees.skipped);
  trees.counts.staged = staged.size();
  std::set<RepoPath> changed;
  for (const TreeEdit& edit : staged) changed.insert(edit.path);
  for (const TreeEdit& edit : unstaged) changed.insert(edit.path);
  trees.counts.changed = changed.size();
  trees.counts.untracked = untracked.size();
  if (trees.empty() && !options.clean_too) return trees;

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
  auto exact = exact_edits(repository, scan, selection, stored, options.largest_untracked);
  if (!exact.empty())
    trees.exact_tree = edited(repository, Repository::empty_tree(), std::move(exact));
  return trees;
}

git::ObjectId write_stash_commit(const Repository& repository, const CapturedTrees& trees,
                                 const std::string& message, Timestamp time) {
  const std::string subject = message.substr(0, message.find('\n'));
  std::vector<git::ObjectId> parents{
      trees.base,
      repository.write_commit(trees.index_tree, {trees.base}, "index of " + subject + "\n", time)};
  // Git knows the third parent by its place, so there is one wherever there is a fourth.
  if (trees.untracked_tree || trees.exact_tree) {
    parents.push_back(repository.write_commit(
        trees.untracked_tree.value_or(edited(repository, Repository::empty_tree(), {})), {},
        "untracked files of " + subject + "\n", time));
  }
  if (trees.exact_tree) {
    parents.push_back(
        repository.write_commit(*trees.exact_tree, {}, "exact state of " + subject + "\n", time));
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
  for (const RepoPath& path : state.intent_to_add)
    text.append(kIntentToAdd).append(path.quoted()).append("\n");
  if (state.restored) text.append(kRestored).append(*state.restored).append("\n");
  for (const RepoPath& path : state.absent) text.append(kAbsent).append(path.quoted()).append("\n");
  return text;
}

ExtraState extra_state_in(std::string_view message) {
  ExtraState state;
  for (const std::string_view line : split_lines(message)) {
    if (line.starts_with(kUnborn)) state.unborn = line.substr(kUnborn.size());
    if (line.starts_with(kIntentToAdd)) {
      state.intent_to_add.push_back(unquote(line.substr(kIntentToAdd.size())));
    }
    if (line.starts_with(kRestored)) state.restored = line.substr(kRestored.size());
    if (line.starts_with(kAbsent)) state.absent.push_back(unquote(line.substr(kAbsent.size())));
  }
  return state;
}

}  // namespace gs::snapshot
