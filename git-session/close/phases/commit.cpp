#include "base/text.h"
#include "close/commit/commits.h"
#include "close/look/isolation.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

std::string subject_of(const CommitPlan& commit) {
  return commit.message.substr(0, commit.message.find('\n'));
}

PhaseResult preview_commit(Context& context) {
  if (context.commit_plans.empty()) return skip("nothing to commit but the session's records");
  PhaseResult result = ok("would make " + plural(context.commit_plans.size(), "commit"));
  result.show_detail = true;
  for (const CommitPlan& commit : context.commit_plans) {
    result.detail += subject_of(commit) + "\n";
    for (const git::TreeDiffEntry& change : commit.changes) {
      result.detail +=
          std::string(change.after.present() ? "  " : "  (removed) ") + change.path.quoted() + "\n";
    }
  }
  return result;
}

// A line for each; the same as text.
std::string say_commits(const Context& context) {
  std::vector<std::string> subjects;
  for (const MadeCommit& commit : context.commits) {
    subjects.push_back(commit.oid.abbreviated() + " " + commit.subject);
    say(context.observer, {.label = "commit",
                           .text = commit.oid.abbreviated() + "  " + commit.subject,
                           .figure = plural(commit.files, "file")});
    if (commit.hooks.empty()) continue;
    subjects.push_back("  " + commit.hooks);
    say(context.observer, {.text = commit.hooks});
  }
  return join(subjects, "\n");
}

PhaseResult write_commit(Context& context) {
  for (const CommitPlan& plan : context.commit_plans) {
    PhaseResult refusal;
    const auto changes = [&](const git::ObjectId& parent_tree) {
      return changes_left(context, plan.changes, parent_tree)
          .value_or(std::vector<git::TreeDiffEntry>{});
    };
    const CommitOutcome outcome = make_commit(context,
                                              {.message = plan.message,
                                               .edit = context.options.edit,
                                               .tested = tree_to_name(context),
                                               .changes_of_tree = changes},
                                              refusal);
    if (outcome == CommitOutcome::Refused) {
      say_commits(context);
      say(context.observer, {.outcome = Outcome::Block,
                             .label = "commit",
                             .text = subject_of(plan) + ": " + refusal.summary,
                             .below = refusal.detail});
      return refusal;
    }
    if (outcome == CommitOutcome::Moved)
      return block("HEAD has a different version of " + context.moved->quoted());
  }
  if (context.commits.empty()) return skip("nothing to commit but the session's records");
  PhaseResult result = ok(plural(context.commits.size(), "commit"));
  result.detail = say_commits(context);
  return result;
}

}  // namespace

const Phase kCommit{
    .id = "commit",
    .title = "Commit",
    .look = preview_commit,
    .write = write_commit,
    .does = R"(makes one commit for each logical unit, with the user's hooks, signing and
identity, and brings only those paths of the real index to it)",
    .skipped_when = R"(nothing to commit but the session's records)",
    .blocks_when = R"(a hook or signing refuses: its output is shown; a hook adds what was
there before and is not the commit's, or a secret (decision `secrets`): the branch has not moved
then; another branch is checked out, or a merge or rebase has begun. Where HEAD has a different version of a path, the rest is planned again; the second time decision `moved`)",
    .commits_work = true,
};

}  // namespace gs::close
