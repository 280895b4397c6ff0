#include "close/plan/staging_plan.h"

#include <algorithm>

#include "base/text.h"
#include "close/look/file_questions.h"
#include "close/look/isolation.h"
#include "close/look/plan_judgement.h"
#include "close/look/secret_search.h"
#include "close/phases/phases.h"
#include "session/submodules.h"
#include "session/workspace.h"

namespace gs::close {

namespace {

using session::OwnedChange;

// In what the close would commit, and in the commits of the session that leave with it.
FoundSecrets find_leaving_secrets(Context& context) {
  const std::optional<git::ObjectId>& base = context.session->base;
  context.journal.record("session-base", {{"commit", base ? Json(base->hex()) : Json()}});
  FoundSecrets found;
  if (const auto head = context.repository().head().commit)
    found = find_committed_secrets(context, *head);
  FoundSecrets planned = find_planned_secrets(context);
  found.secrets.insert(found.secrets.end(), planned.secrets.begin(), planned.secrets.end());
  found.notes.insert(found.notes.end(), planned.notes.begin(), planned.notes.end());
  if (const auto older = older_commits(context)) {
    found.notes.push_back(*older);
    found.notes.back().is_elsewhere = true;
    context.report_warnings.push_back(older->title);
  }
  return found;
}

session::Finding left_finding(const LeftFile& left) {
  return {.source = "staging-plan",
          .severity = session::Severity::Low,
          .file = left.path.bytes(),
          .title = std::string(session::owner_name(left.owner)) + ", stays as it is",
          .detail = left.reason,
          .is_elsewhere = true};
}

std::size_t done_items(const Context& context) {
  const std::vector<checks::ItemResult>& items = context.plan.items;
  return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), [](const auto& item) {
    return item.status == checks::ItemStatus::Done;
  }));
}

// What the answers leave in the tree does not count as done.
void judge_plan_again(Context& context) {
  const std::size_t before = done_items(context);
  judge_plan_as_decided(context);
  const std::size_t done = done_items(context);
  if (done >= before) return;
  say(context.observer,
      {.outcome = Outcome::Warn,
       .label = "plan",
       .text = std::to_string(done) + " of " + std::to_string(context.plan.items.size()) +
               " done, without the files that stay"});
}

PhaseResult look_staging_plan(Context& context) {
  const StagingDecision decided = decide_staging(context);
  if (decided == StagingDecision::Abort) return block("ended by decision");
  if (decided == StagingDecision::Taken) judge_plan_again(context);
  if (context.stop == Stop::Interrupted) return block("interrupted");

  const FoundSecrets found = find_leaving_secrets(context);
  const std::vector<session::Finding>& secrets = found.secrets;
  const std::string many = plural(secrets.size(), "secret") + " in what would be published";
  const std::optional<std::string> with_secrets =
      decide_secrets(context, many + ". How should the close continue?", secrets);
  PhaseResult result = secrets.empty() ? ok("") : warn("");
  result.findings = secrets;
  result.findings.insert(result.findings.end(), found.notes.begin(), found.notes.end());
  if (with_secrets == "override" && !secrets.empty()) {
    std::vector<std::string> places;
    for (const session::Finding& secret : secrets) places.push_back(describe_secret(secret));
    context.deviations["secrets"] =
        "close: decision secrets = override (recommended: abort): " + join(places, "; ");
  }
  if (with_secrets == "abort") {
    context.stop = Stop::Abort;
    result.outcome = Outcome::Block;
    result.summary = many;
    result.detail = list_secrets(secrets);
    return result;
  }
  if (decided == StagingDecision::Open || !with_secrets) {
    result.outcome = Outcome::Block;
    result.open_decision = true;
    result.summary = with_secrets ? "files without a clear owner" : many;
    return result;
  }
  result.summary = context.staging.units.empty()
                       ? "nothing to commit but the session's records"
                       : plural(context.staging.file_count(), "file") + " in " +
                             plural(context.staging.units.size(), "commit");
  if (!context.staging.left.empty())
    result.summary += ", " + plural(context.staging.left.size(), "file") + " left alone";
  if (!secrets.empty()) result.summary += ", " + plural(secrets.size(), "secret") + " by decision";
  for (const LeftFile& left : context.staging.left) result.findings.push_back(left_finding(left));
  return result;
}

}  // namespace

StagingDecision decide_staging(Context& context) {
  // What an isolated close has tested is what it decided then.
  if (context.isolation && context.isolation->is_ready()) return StagingDecision::Taken;
  const FileAnswers answers = ask_about_files(context);
  if (answers.abort) {
    context.stop = Stop::Abort;
    return StagingDecision::Abort;
  }
  // The session's records have a commit of their own.
  std::vector<OwnedChange> work;
  for (const OwnedChange& owned : context.owned) {
    if (!session::is_record(context.workspace, owned.change.path)) work.push_back(owned);
  }
  context.staging =
      plan_staging(context.repository(), work, context.session->plan, answers.choices);
  return answers.open ? StagingDecision::Open : StagingDecision::Taken;
}

const Phase kStagingPlan{
    .id = "staging-plan",
    .title = "Staging plan",
    .look = look_staging_plan,
    .does = R"(which files are this session's, which are not and why, which file goes into which
commit, and that no secret leaves, neither in what would be committed (content, file names, link
targets, messages) nor in commits of the session that are not pushed yet; where a decision has
changed whose a file is, the plan is judged again)",
    .skipped_when = R"(never)",
    .blocks_when = R"(files whose owner is not clear: decisions `unclaimed`, `mixed`, `contested`;
a secret in what would be published: decision `secrets`)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
