#include "base/text.h"
#include "close/phases/phases.h"
#include "close/private_index.h"

namespace gs::close {

namespace {

constexpr std::size_t kMostCommitsSince = 200;

std::optional<git::ObjectId> oid_in(const Json& value) {
  return value.is_string() ? git::ObjectId::parse(value.get<std::string>()) : std::nullopt;
}

// The commit that an interrupted run may have made on `parent`: told by its author time or its
// subject.
std::optional<git::ObjectId> made_on(const git::Repository& repository,
                                     const std::optional<git::ObjectId>& parent,
                                     Timestamp author_time, const std::string& subject) {
  const std::optional<git::ObjectId> head = repository.head().commit;
  if (!head || head == parent) return std::nullopt;
  for (const git::ObjectId& oid : repository.commits_between(parent, *head, kMostCommitsSince)) {
    const git::Commit commit = repository.commit(oid);
    const std::optional<git::ObjectId> first =
        commit.parents.empty() ? std::nullopt : std::optional(commit.parents.front());
    if (first != parent) continue;
    if (commit.author_time == author_time || commit.subject == subject) return oid;
  }
  return std::nullopt;
}

std::string subject_of(const std::string& message) {
  return message.substr(0, message.find('\n'));
}

Timestamp whole_seconds(Timestamp time) {
  return std::chrono::floor<std::chrono::seconds>(time);
}

// Makes the commit, or finds it made; absent: refused, and `refusal` says by what.
std::optional<Json> commit_step(Context& context, std::size_t number, const CommitPlan& plan,
                                const std::vector<git::IndexChange>& changes,
                                PhaseResult& refusal) {
  const git::Repository& repository = context.repository();
  return context.journal.step(
      "commit/" + std::to_string(number),
      [&]() -> Json {
        const std::optional<git::ObjectId> parent = repository.head().commit;
        return {{"parent", parent ? Json(parent->hex()) : Json()},
                {"author_time", whole_seconds(context.clock.now()).time_since_epoch().count()}};
      },
      [&](const Json& intent) -> std::optional<Json> {
        const std::optional<git::ObjectId> parent = oid_in(intent.at("parent"));
        const Timestamp time{
            std::chrono::milliseconds(intent.at("author_time").get<std::int64_t>())};
        const auto made = made_on(repository, parent, time, subject_of(plan.message));
        if (!made) return std::nullopt;
        return Json{{"oid", made->hex()}, {"parent", intent.at("parent")}};
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
        const Timestamp time{
            std::chrono::milliseconds(intent.at("author_time").get<std::int64_t>())};
        const git::CommitResult result = git::run_commit(
            repository,
            {private_index(context), plan.message, time, context.options.edit && !plan.records});
        if (!result.ok) {
          refusal = block("git commit was refused");
          refusal.detail = result.output;
          refusal.hint = "mend what it complains about, then 'git session close --continue'";
          return std::nullopt;
        }
        return Json{{"oid", repository.head().commit->hex()}, {"parent", intent.at("parent")}};
      });
}

// Brings exactly the committed paths of the real index to the new HEAD.
void index_step(Context& context, std::size_t number, const std::optional<git::ObjectId>& parent,
                const git::ObjectId& commit) {
  const git::Repository& repository = context.repository();
  (void)context.journal.step(
      "index/" + std::to_string(number), [] { return Json::object(); },
      [](const Json&) {
        return std::optional<Json>();
      },  // doing it again changes nothing that is right already
      [&](const Json&) -> std::optional<Json> {
        const std::vector<git::IndexChange> changes = follow_commit(repository, parent, commit);
        if (!changes.empty()) git::apply_to_index(repository, "", changes);
        return Json::object();
      });
}

}  // namespace

PhaseResult preview_commit(Context& context) {
  PhaseResult result = ok("would make " + plural(context.write_plan->commits.size(), "commit"));
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
    const std::optional<git::ObjectId> oid = oid_in(made->at("oid"));
    const std::optional<git::ObjectId> parent = oid_in(made->at("parent"));
    index_step(context, number, parent, *oid);
    const git::Commit commit = repository.commit(*oid);
    const git::ObjectId before =
        parent ? repository.commit(*parent).tree : git::Repository::empty_tree();
    context.commits.push_back(
        {*oid, commit.subject, repository.diff_trees(before, commit.tree).size()});
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
