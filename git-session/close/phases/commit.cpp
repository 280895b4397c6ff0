#include "base/text.h"
#include "close/made_commits.h"
#include "close/phases/phases.h"
#include "close/private_index.h"

namespace gs::close {

namespace {

// Makes the commit, or finds it made; absent: refused, and `refusal` says by what.
std::optional<Json> commit_step(Context& context, std::size_t number, const CommitPlan& plan,
                                const std::vector<git::IndexChange>& changes,
                                PhaseResult& refusal) {
  const git::Repository& repository = context.repository();
  return context.journal.step(
      "commit/" + std::to_string(number),
      [&] { return commit_intent(repository, context.clock.now()); },
      [&](const Json& intent) -> std::optional<Json> {
        const auto made = find_made(repository, intent, plan);
        return made ? std::optional(to_json(*made)) : std::nullopt;
      },
      [&](const Json& intent) -> std::optional<Json> {
        const std::vector<RepoPath> wrong = fill_private_index(context, changes);
        if (!wrong.empty()) {
          refusal = block("the tree to commit differs from HEAD in " + wrong.front().quoted() +
                          ", which is not part of it");
          refusal.hint =
              "take the close back with 'git session close --abort'; commits made so far stay";
          return std::nullopt;
        }
        const git::CommitResult result =
            git::run_commit(repository, {private_index(context), plan.message, author_time(intent),
                                         context.options.edit && !plan.records});
        if (!result.ok) {
          refusal = block("git commit was refused");
          refusal.detail = result.output;
          refusal.hint = "mend what it complains about, then 'git session close --continue'";
          return std::nullopt;
        }
        return to_json(CommitOnParent{*repository.head().commit, parent_of(intent)});
      });
}

}  // namespace

PhaseResult preview_commit(Context& context) {
  PhaseResult result = ok("would make " + plural(context.write_plan->commits.size(), "commit"));
  result.show_detail = true;
  for (const CommitPlan& commit : context.write_plan->commits) {
    result.detail += commit.message.substr(0, commit.message.find('\n')) + "\n";
    for (const git::IndexChange& change : commit.changes) {
      result.detail +=
          std::string(change.entry.present() ? "  " : "  (removed) ") + change.path.quoted() + "\n";
    }
    if (commit.records) {
      for (const RepoPath& path : context.write_plan->record_paths)
        result.detail += "  " + path.quoted() + "\n";
    }
  }
  return result;
}

PhaseResult write_commit(Context& context) {
  const git::Repository& repository = context.repository();
  for (std::size_t number = 0; number < context.write_plan->commits.size(); ++number) {
    const CommitPlan& plan = context.write_plan->commits[number];
    const bool done = context.journal.is_done("commit/" + std::to_string(number));
    const std::vector<git::IndexChange> changes = !plan.records ? plan.changes
                                                  : done        ? std::vector<git::IndexChange>{}
                                                                : record_changes(context);
    const bool begun_before = context.journal.has_begun("commit/" + std::to_string(number));
    if (changes.empty() && !done && !begun_before) continue;  // no record that git would track
    PhaseResult refusal;
    const std::optional<Json> made = commit_step(context, number, plan, changes, refusal);
    if (!made) return refusal;
    const CommitOnParent on_parent = commit_from_json(*made);
    bring_index_to(context.workspace, context.journal, number, on_parent);
    const git::Commit commit = repository.commit(on_parent.oid);
    const git::ObjectId before = on_parent.parent ? repository.commit(*on_parent.parent).tree
                                                  : git::Repository::empty_tree();
    context.commits.push_back(
        {on_parent.oid, commit.subject, repository.diff_trees(before, commit.tree).size()});
  }
  if (context.commits.empty()) return skip("nothing to commit");
  std::vector<std::string> subjects;
  for (const MadeCommit& commit : context.commits)
    subjects.push_back(commit.oid.abbreviated() + " " + commit.subject);
  PhaseResult result = ok(plural(context.commits.size(), "commit"));
  result.detail = join(subjects, "\n");
  return result;
}

}  // namespace gs::close
