#include "base/text.h"
#include "close/file_writes.h"
#include "close/phases/phases.h"
#include "close/private_index.h"

namespace gs::close {

namespace {

// Every commit's changes at once; a later one wins where two name a path.
std::vector<git::IndexChange> all_changes(const Context& context) {
  std::vector<git::IndexChange> changes;
  for (const CommitPlan& commit : context.write_plan->commits) {
    changes.insert(changes.end(), commit.changes.begin(), commit.changes.end());
  }
  const std::vector<git::IndexChange> records = record_changes(context);
  changes.insert(changes.end(), records.begin(), records.end());
  return changes;
}

}  // namespace

PhaseResult preview_stage(Context& context) {
  std::size_t files = 0;
  for (const CommitPlan& commit : context.write_plan->commits) files += commit.changes.size();
  return files == 0 ? skip("nothing but the session's records")
                    : ok("would stage " + plural(files, "file") +
                         " and the session's records in a private index");
}

PhaseResult write_stage(Context& context) {
  // The local tracker's files go into the records' commit, so they are written before it is staged.
  const std::vector<RepoPath> left = write_files(context, "issues");
  if (!left.empty()) {
    PhaseResult result = block(left.front().quoted() + " was changed while the close was running");
    result.hint = "take the close back with 'git session close --abort', then close again";
    return result;
  }
  if (context.journal.is_done("staged")) return ok("staged before");
  const std::vector<git::IndexChange> changes = all_changes(context);
  if (changes.empty()) return skip("nothing to commit");
  const bool commits_began = context.journal.is_done("commit/0");
  if (!commits_began) {
    const std::vector<RepoPath> wrong = fill_private_index(context, changes);
    if (!wrong.empty()) {
      PhaseResult result =
          block("the staged tree differs from HEAD in " + plural(wrong.size(), "path") +
                " that should not differ, first " + wrong.front().quoted());
      result.hint = "take the close back with 'git session close --abort'; nothing was committed";
      return result;
    }
  }
  context.journal.record("done", {{"step", "staged"}});
  return ok(plural(changes.size(), "file") + " staged, nothing else differs from HEAD");
}

}  // namespace gs::close
