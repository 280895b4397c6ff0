#include <set>
#include <vector>

#include "base/file/file.h"
#include "base/text.h"
#include "close/commit/commits.h"
#include "close/journal/file_writes.h"
#include "close/phases/phases.h"
#include "git/index/replace_file.h"
#include "git/index/staging.h"
#include "git/objects/merge.h"
#include "git/objects/worktree_blobs.h"
#include "git/status/ignore_rules.h"
#include "session/workspace.h"

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

// `ours` with what the branch has got since `planned`; absent if that does not merge.
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
  const TreeFiles files = repository.files();
  // A file changed since then is left alone.
  if (files.read(path, FileLimit::Records) == own)
    git::replace_file(files, Journal::directory(context.workspace), path, *merged);
  return git::TreeEntry{ours.mode, repository.write_blob(*merged)};
}

// What the records' commit does to that tree: the records as they are in the work tree, without
// ignored ones. If the branch has got another version since they were planned, it is merged in, in
// the work tree too; one that does not merge is named in `conflicts`.
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
    if (path == context.write_plan->record_file && context.write_plan->record_alone) {
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

void refresh_index(const Context& context) {
  std::vector<RepoPath> paths;
  for (const CommitPlan& commit : context.commit_plans) {
    for (const git::TreeDiffEntry& change : commit.changes) {
      if (change.after.present()) paths.push_back(change.path);
    }
  }
  for (const auto& [path, head] : context.write_plan->record_paths) paths.push_back(path);
  git::refresh_entries(context.repository(), paths);
}

PhaseResult preview_records(Context& context) {
  if (context.write_plan->record_paths.empty()) return skip("there are none");
  PhaseResult result = ok("would commit the session's records");
  result.show_detail = true;
  const std::string& message = context.write_plan->records_message;
  result.detail = message.substr(0, message.find('\n')) + "\n";
  for (const auto& [path, head] : context.write_plan->record_paths)
    result.detail += "  " + path.quoted() + "\n";
  return result;
}

PhaseResult write_records(Context& context) {
  // The local tracker's files go into this commit.
  const std::vector<FilePlace> left = write_files(context, "issues");
  if (!left.empty()) {
    PhaseResult result = block(left.front().quoted() + " was changed while the close was running");
    result.hint = "take the close back with 'git session close --abort', then close again";
    return result;
  }
  if (context.write_plan->record_paths.empty()) return skip("there are none");
  if (context.journal.is_done("records")) return ok("committed before");
  PhaseResult refusal;
  std::vector<RepoPath> conflicts;
  const NewCommit wanted{.message = context.write_plan->records_message,
                         .edit = context.options.edit,
                         .amend = context.write_plan->amends,
                         .changes_of_tree = [&](const git::ObjectId& parent_tree) {
                           conflicts.clear();
                           auto changes = record_changes(context, parent_tree, conflicts);
                           if (!conflicts.empty()) changes.clear();
                           return changes;
                         }};
  const CommitOutcome outcome = make_commit(context, wanted, refusal);
  if (!conflicts.empty()) {
    PhaseResult result = block("the branch has another version of " + conflicts.front().quoted() +
                               ", and the two do not merge");
    result.hint = "take the close back with 'git session close --abort', then close again";
    return result;
  }
  if (outcome == CommitOutcome::Refused) return refusal;
  context.journal.record("done", {{"step", "records"}});
  if (outcome == CommitOutcome::Nothing) return skip("no record that git would track");
  refresh_index(context);
  const MadeCommit& made = context.commits.back();
  if (!context.write_plan->amends)
    say(context.observer, {.label = "commit",
                           .text = made.oid.abbreviated() + "  " + made.subject,
                           .figure = plural(made.files, "file")});
  PhaseResult result = ok("in " + made.oid.abbreviated());
  result.detail = made.oid.abbreviated() + " " + made.subject;
  if (!made.hooks.empty()) result.detail += "\n  " + made.hooks;
  return result;
}

}  // namespace

const Phase kRecords{
    .id = "records",
    .title = "Records",
    .look = preview_records,
    .write = write_records,
    .does = R"(adds the session's records to the last commit that this close has made, whose
message stays; where it made none, or HEAD has moved on, or that commit is elsewhere already,
commits them by themselves)",
    .skipped_when = R"(no record that git would track; none is, in the private home; in the tracked
one, those of a session without work wait in the git directory for the next close that commits)",
    .blocks_when = R"(as `commit`; or the branch has another version of a record that does not
merge)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
