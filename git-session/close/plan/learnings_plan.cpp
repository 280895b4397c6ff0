#include "close/plan/learnings_plan.h"

#include <algorithm>

#include "base/file/file.h"
#include "base/text.h"
#include "base/uuid.h"
#include "close/commit/commits.h"
#include "close/look/session_changes.h"
#include "records/lessons.h"
#include "session/baseline.h"
#include "session/workspace.h"

namespace gs::close {

namespace {

constexpr std::size_t kGenerations = 3;

// Commits of the session, including those of this close, but no merges, which bring other people's
// changes.
void count_commits(const Context& context, records::SessionFacts& facts) {
  const git::Repository& repository = context.repository();
  const auto count = [&](const RepoPath& path) {
    if (!session::is_record(context.workspace, path)) ++facts.commits_by_file[path.quoted()];
  };
  const auto count_commit = [&](const git::ObjectId& oid) {
    const git::Commit commit = repository.commit(oid);
    if (commit.parents.size() > 1) return;
    ++facts.commits;
    const std::optional<git::ObjectId> parent =
        commit.parents.empty() ? std::nullopt : std::optional(commit.parents.front());
    for (const git::TreeDiffEntry& entry :
         repository.diff_trees(tree_of(repository, parent), commit.tree))
      count(entry.path);
  };
  for (const git::ObjectId& oid : session_commits(context)) count_commit(oid);
  for (const MadeCommit& commit : context.commits) count_commit(commit.oid);
  if (!context.options.dry_run) return;
  for (const CommitPlan& plan : context.commit_plans) {
    ++facts.commits;
    for (const git::TreeDiffEntry& change : plan.changes) count(change.path);
  }
}

records::SessionFacts facts_of(const Context& context) {
  const session::StateFile& state = context.session->state;
  records::SessionFacts facts;
  facts.session_type = state.session_type.empty() ? "feature" : state.session_type;
  count_commits(context, facts);
  facts.waves = state.waves;
  facts.deviations = state.deviations;
  facts.stagnation_classes = context.events.stagnation_classes;
  for (const checks::ItemResult& item : context.plan.items) {
    if (item.status == checks::ItemStatus::Dropped) continue;
    ++facts.planned;
    ++(item.status == checks::ItemStatus::Done ? facts.completed : facts.carried_over);
  }
  return facts;
}

// The copies beside the file: the newest two stay, and one is added. Their names sort by time.
void plan_copies(Context& context, WritePlan& plan, const std::string& previous) {
  const session::Home& home = context.workspace.home;
  std::string time = format_utc(plan.completed_at);
  std::replace(time.begin(), time.end(), ':', '-');
  const std::string name = std::string(kLearningsCopies) + time;
  const FilePlace directory = *home.record(session::kLearningsRecord).parent();
  std::vector<std::string> copies;
  for (std::string& there : context.repository().files().list(directory)) {
    if (there.starts_with(kLearningsCopies) && there != name) copies.push_back(std::move(there));
  }
  plan_file(context, plan, "learnings", home.record(name), previous);
  for (std::size_t i = 0; i + kGenerations <= copies.size(); ++i)
    plan_file(context, plan, "learnings", home.record(copies[i]), std::nullopt);
}

std::string summary_of(const records::LearningChanges& changes) {
  std::string text = std::to_string(changes.added) + " new, " + std::to_string(changes.confirmed) +
                     " confirmed, " + std::to_string(changes.contradicted) + " contradicted, " +
                     std::to_string(changes.expired) + " expired";
  if (changes.merged > 0) text += ", " + plural(changes.merged, "duplicate") + " merged";
  return text;
}

}  // namespace

void plan_learnings(Context& context, WritePlan& plan) {
  PlannedAnswer& answer = plan.answers["learnings"];
  const config::SessionConfig& config = context.workspace.config;
  if (!config.flag("persistence")) {
    answer.skipped = "persistence is off";
    return;
  }
  if (plan.waits) {
    answer.skipped = "the session has no work";
    return;
  }
  const std::string notes =
      session::noted_learnings_file(context.repository(), context.session->id);
  const records::Noted noted = records::parse_noted(read_file_if_exists(notes).value_or(""));
  std::vector<records::Lesson> lessons = noted.lessons;
  const std::vector<records::Lesson> extracted = records::lessons_of(facts_of(context));
  lessons.insert(lessons.end(), extracted.begin(), extracted.end());

  const FilePlace path = context.workspace.home.record(session::kLearningsRecord);
  const std::optional<std::string> before =
      context.repository().files().read(path, FileLimit::Note);
  const records::LearningRules rules{
      plan.session, plan.completed_at, config.ratio("learning-decay-rate"),
      config.integer("learning-expiry-days", context.session->state.session_type), random_uuid};
  context.learnings = records::update_learnings(before.value_or(""), lessons, rules);
  const records::LearningsUpdate& update = *context.learnings;

  plan_file(context, plan, "noted-learnings", FilePlace::outside(notes),
            noted.unread.empty() ? std::nullopt : std::optional(noted.unread));
  if (!noted.unread.empty()) {
    answer.problems.push_back("'" + notes + "' has lines that 'git session learn' left incomplete" +
                              ": left there");
  }
  if (update.changes.unreadable > 0) {
    const bool one = update.changes.unreadable == 1;
    answer.problems.push_back(
        plural(update.changes.unreadable, "line") + " of '" + path.shown() +
        (one ? "' is not a learning: kept as it is" : "' are not learnings: kept as they are"));
  }
  if (update.text == before.value_or("")) {
    if (update.learnings.empty() && answer.problems.empty() && noted.lessons.empty()) {
      answer.skipped = "nothing to learn";
    } else {
      answer.summary = "nothing new";
    }
    return;
  }
  if (before) plan_copies(context, plan, *before);
  plan_file(context, plan, "learnings", path, update.text);
  answer.summary = summary_of(update.changes);
}

}  // namespace gs::close
