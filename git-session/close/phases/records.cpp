#include "base/text.h"
#include "close/commit/commits.h"
#include "close/commit/record_changes.h"
#include "close/journal/file_writes.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

// The entries that the commits brought to the index know no file's times yet: `git diff-index`
// would call them changed. Nothing depends on it, and whoever holds the index now refreshes it
// himself.
void refresh_index(const Context& context) {
  ProcessOptions options;
  for (const CommitPlan& commit : context.commit_plans) {
    for (const git::TreeDiffEntry& change : commit.changes) {
      if (change.after.present()) options.input += change.path.bytes() + '\0';
    }
  }
  for (const auto& [path, head] : context.write_plan->record_paths)
    options.input += path.bytes() + '\0';
  (void)context.repository().git().run(
      {"--literal-pathspecs", "add", "--refresh", "--ignore-errors", "--pathspec-from-file=-",
       "--pathspec-file-nul"},
      options);
}

PhaseResult preview(Context& context) {
  if (context.write_plan->record_paths.empty()) return skip("there are none");
  PhaseResult result = ok("would commit the session's records");
  result.show_detail = true;
  const std::string& message = context.write_plan->records_message;
  result.detail = message.substr(0, message.find('\n')) + "\n";
  for (const auto& [path, head] : context.write_plan->record_paths)
    result.detail += "  " + path.quoted() + "\n";
  return result;
}

PhaseResult write(Context& context) {
  // The local tracker's files go into this commit.
  const std::vector<RepoPath> left = write_files(context, "issues");
  if (!left.empty()) {
    PhaseResult result = block(left.front().quoted() + " was changed while the close was running");
    result.hint = "take the close back with 'git session close --abort', then close again";
    return result;
  }
  const std::size_t before = context.commits.size();
  if (context.journal.is_done("records")) return ok("committed before");
  PhaseResult refusal;
  std::vector<RepoPath> conflicts;
  const CommitOutcome outcome = make_commit(
      context, context.write_plan->records_message, false,
      [&](const git::ObjectId& parent_tree) {
        conflicts.clear();
        auto changes = record_changes(context, parent_tree, conflicts);
        if (!conflicts.empty()) changes.clear();
        return changes;
      },
      refusal);
  if (!conflicts.empty()) {
    PhaseResult result = block("the branch has another version of " + conflicts.front().quoted() +
                               " by now, and the two do not merge");
    result.hint = "take the close back with 'git session close --abort', then close again";
    return result;
  }
  if (outcome == CommitOutcome::Refused) return refusal;
  context.journal.record("done", {{"step", "records"}});
  if (outcome == CommitOutcome::Nothing) return skip("no record that git would track");
  refresh_index(context);
  const MadeCommit& made = context.commits.back();
  PhaseResult result = ok(plural(made.files, "record") + " committed");
  if (context.commits.size() > before) result.detail = made.oid.abbreviated() + " " + made.subject;
  return result;
}

}  // namespace

const Phase kRecords{
    .id = "records",
    .title = "Records",
    .look = preview,
    .write = write,
    .does = R"(commits the session's records, as the last commit)",
    .skipped_when = R"(no record that git would track)",
    .blocks_when = R"(as `commit`; or the branch has another version of a record that does not
merge)",
};

}  // namespace gs::close
