#include "base/text.h"
#include "close/commit/commits.h"
#include "close/phases/phases.h"

namespace gs::close {

PhaseResult preview_commit(Context& context) {
  if (context.commit_plans.empty()) return skip("nothing to commit but the session's records");
  PhaseResult result = ok("would make " + plural(context.commit_plans.size(), "commit"));
  result.show_detail = true;
  for (const CommitPlan& commit : context.commit_plans) {
    result.detail += commit.message.substr(0, commit.message.find('\n')) + "\n";
    for (const git::TreeDiffEntry& change : commit.changes) {
      result.detail +=
          std::string(change.after.present() ? "  " : "  (removed) ") + change.path.quoted() + "\n";
    }
  }
  return result;
}

PhaseResult write_commit(Context& context) {
  for (const CommitPlan& plan : context.commit_plans) {
    PhaseResult refusal;
    const CommitOutcome outcome = make_commit(
        context, plan.message, context.options.edit,
        [&](const git::ObjectId& parent_tree) {
          return changes_left(context, plan.changes, parent_tree)
              .value_or(std::vector<git::TreeDiffEntry>{});
        },
        refusal);
    if (outcome == CommitOutcome::Refused) return refusal;
    if (outcome == CommitOutcome::Moved)
      return block("HEAD has another version of " + context.moved->quoted() + " by now");
  }
  if (context.commits.empty()) return skip("nothing to commit but the session's records");
  std::vector<std::string> subjects;
  for (const MadeCommit& commit : context.commits)
    subjects.push_back(commit.oid.abbreviated() + " " + commit.subject);
  PhaseResult result = ok(plural(context.commits.size(), "commit"));
  result.detail = join(subjects, "\n");
  return result;
}

}  // namespace gs::close
