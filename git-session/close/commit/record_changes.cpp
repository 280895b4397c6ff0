#include "close/commit/record_changes.h"

#include <set>

#include "base/file/file.h"
#include "close/records.h"
#include "git/index/replace_file.h"
#include "git/objects/merge.h"
#include "git/objects/worktree_blobs.h"
#include "git/status/ignore.h"

namespace gs::close {

namespace {

std::string content_of(const git::Repository& repository, const git::TreeEntry& entry) {
  return entry.present() ? repository.read_blob(entry.oid) : std::string();
}

// sessions.jsonl as it is in the tree, and this session's record.
git::TreeEntry record_alone(const Context& context, const git::TreeEntry& before) {
  std::string text = content_of(context.repository(), before);
  if (!text.empty() && text.back() != '\n') text += '\n';
  const git::FileMode mode = before.present() ? before.mode : git::FileMode::Regular;
  return {mode, context.repository().write_blob(text + context.write_plan->record_line)};
}

// `ours` with what the branch has got since `planned`; absent where that does not merge.
std::optional<git::TreeEntry> with_news(const Context& context, const RepoPath& path,
                                        const git::TreeEntry& planned, const git::TreeEntry& ours,
                                        const git::TreeEntry& now) {
  const git::Repository& repository = context.repository();
  if (now == planned || now == ours) return ours;
  if (!ours.present() || !now.present()) return std::nullopt;
  const std::string own = repository.read_blob(ours.oid);
  const bool lines = path.bytes().ends_with(".jsonl");
  const auto merged = lines ? std::optional(git::merge_lines(content_of(repository, planned), own,
                                                             content_of(repository, now)))
                            : git::merge_contents(content_of(repository, planned), own,
                                                  content_of(repository, now));
  if (!merged) return std::nullopt;
  if (*merged == own) return ours;
  const std::string file = repository.absolute(path);
  // Whoever has changed it since has the last word.
  if (read_file_if_exists(file) == own)
    git::replace_file(Journal::directory(context.workspace), file, *merged);
  return git::TreeEntry{ours.mode, repository.write_blob(*merged)};
}

}  // namespace

std::vector<git::TreeDiffEntry> record_changes(const Context& context,
                                               const git::ObjectId& parent_tree,
                                               std::vector<RepoPath>& conflicts) {
  const git::Repository& repository = context.repository();
  std::vector<RepoPath> paths;
  for (const auto& [path, planned] : context.write_plan->record_paths) paths.push_back(path);
  const std::set<RepoPath> ignored = git::ignored_paths(repository, paths);
  std::vector<git::WorktreeFile> files;
  for (const RepoPath& path : paths) {
    if (!ignored.contains(path))
      files.push_back({path, repository.tree_entry(parent_tree, path).mode});
  }
  const auto stored = git::store_worktree_files(repository, files);
  std::vector<git::TreeDiffEntry> changes;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const RepoPath& path = files[i].path;
    const git::TreeEntry before = repository.tree_entry(parent_tree, path);
    git::TreeEntry after = stored[i].value_or(git::TreeEntry{});
    if (path.bytes() == kSessionsFile && context.write_plan->record_alone) {
      after = record_alone(context, before);
    } else if (const auto merged = with_news(
                   context, path, context.write_plan->record_paths.at(path), after, before)) {
      after = *merged;
    } else {
      conflicts.push_back(path);
      continue;
    }
    if (after != before) changes.push_back({path, before, after});
  }
  return changes;
}

}  // namespace gs::close
