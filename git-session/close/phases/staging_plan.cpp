#include "close/plan/staging_plan.h"

#include <algorithm>

#include "base/text.h"
#include "close/look/plan_judgement.h"
#include "close/look/secret_search.h"
#include "close/phases/phases.h"
#include "session/submodules.h"
#include "session/workspace.h"

namespace gs::close {

namespace {

using session::OwnedChange;
using session::Owner;

// The close handles the records itself, and logs beside them are unclaimed: nothing to ask. Of
// .gitmodules just the sections of the session's submodules are committed.
std::vector<const OwnedChange*> owned_by(const Context& context, Owner owner) {
  std::vector<const OwnedChange*> changes;
  for (const OwnedChange& owned : context.owned) {
    const bool has_submodules = session::is_gitmodules(owned.change) && owned.renamed_with;
    if (owned.owner == owner && !has_submodules &&
        !session::is_record(context.workspace, owned.change.path))
      changes.push_back(&owned);
  }
  return changes;
}

std::string list(const std::vector<const OwnedChange*>& changes) {
  std::string text;
  std::string above;  // a reason is shown once for the files that share it
  for (const OwnedChange* owned : changes) {
    text += owned->change.path.quoted() +
            (owned->reason == above ? "" : "  (" + owned->reason + ")") + "\n";
    above = owned->reason;
  }
  return text;
}

std::optional<std::string> decide_unclaimed(Context& context) {
  std::vector<const OwnedChange*> changes = owned_by(context, Owner::Unclaimed);
  // A built program or a log is no work; who wants it committed claims it.
  std::erase_if(changes, [](const OwnedChange* owned) { return owned->made_by_commands; });
  if (changes.empty()) return "leave";
  return context.decisions.take(
      {"unclaimed",
       plural(changes.size(), "changed file") + " that nobody claims. Whose are they?",
       {{"leave", "not this session's: stay as they are"},
        {"include", "this session's: go into a commit of emergent work"},
        {"abort", "end this close"}},
       "leave",
       list(changes),
       ""});
}

std::optional<std::string> decide_mixed(Context& context) {
  const auto changes = owned_by(context, Owner::Mixed);
  if (changes.empty()) return "leave";
  std::string detail;
  bool any_part = false;
  for (const OwnedChange* owned : changes) {
    const bool apart = session_part(context.repository(), *owned).has_value();
    any_part = any_part || apart;
    detail += owned->change.path.quoted() + "  (" + owned->reason +
              (apart ? ")\n" : "; the two changes cannot be told apart)\n");
  }
  return context.decisions.take(
      {"mixed",
       plural(changes.size(), "file") +
           " dirty when the session started and changed since. What is committed?",
       {{"split", "only what changed since the start, where it can be told apart; the rest stays"},
        {"include", "the whole files, with what others had changed before"},
        {"leave", "nothing of them"}},
       any_part ? "split" : "leave",
       detail,
       ""});
}

std::optional<std::string> decide_contested(Context& context) {
  const auto changes = owned_by(context, Owner::Contested);
  if (changes.empty()) return "leave";
  return context.decisions.take(
      {"contested",
       plural(changes.size(), "changed file") +
           " claimed by another active session too. Whose are they?",
       {{"leave", "the other session's: stay as they are"}, {"include", "this session's"}},
       "leave",
       list(changes),
       ""});
}

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
    context.report_warnings.push_back(older->title);
  }
  return found;
}

StagingChoices::Mixed mixed_choice(const std::string& chosen) {
  if (chosen == "split") return StagingChoices::Mixed::Split;
  if (chosen == "include") return StagingChoices::Mixed::Include;
  return StagingChoices::Mixed::Leave;
}

session::Finding left_finding(const LeftFile& left) {
  return {.source = "staging-plan",
          .severity = session::Severity::Low,
          .file = left.path.bytes(),
          .title = std::string(session::owner_name(left.owner)) + ", stays as it is",
          .detail = left.reason};
}

PhaseResult look(Context& context) {
  const std::optional<std::string> unclaimed = decide_unclaimed(context);
  const std::optional<std::string> mixed = decide_mixed(context);
  const std::optional<std::string> contested = decide_contested(context);
  if (unclaimed == "abort") {
    context.stop = Stop::Abort;
    return block("ended by decision");
  }
  const StagingChoices choices{unclaimed == "include", contested == "include",
                               mixed_choice(mixed.value_or("leave"))};
  // The session's records have a commit of their own.
  std::vector<OwnedChange> work;
  for (const OwnedChange& owned : context.owned) {
    if (!session::is_record(context.workspace, owned.change.path)) work.push_back(owned);
  }
  context.staging = plan_staging(context.repository(), work, context.session->plan, choices);
  if (unclaimed && mixed && contested) judge_plan_as_decided(context);
  if (context.stop == Stop::Interrupted) return block("interrupted");

  const FoundSecrets found = find_leaving_secrets(context);
  const std::vector<session::Finding>& secrets = found.secrets;
  const std::string many = plural(secrets.size(), "secret") + " in what would leave";
  const std::optional<std::string> with_secrets =
      decide_secrets(context, many + ". How shall the close go on?", secrets);
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
  if (!unclaimed || !mixed || !contested || !with_secrets) {
    result.outcome = Outcome::Block;
    result.open_decision = true;
    result.summary = with_secrets ? "files whose owner has to be decided" : many;
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

const Phase kStagingPlan{
    .id = "staging-plan",
    .title = "Staging plan",
    .look = look,
    .does = R"(which files are this session's, which are not and why, which file goes into which
commit, and that no secret leaves, neither in what would be committed (content, file names, link
targets, messages) nor in commits of the session that are not pushed yet; where a decision has
changed whose a file is, the plan is judged again)",
    .skipped_when = R"(never)",
    .blocks_when = R"(files whose owner is not clear: decisions `unclaimed`, `mixed`, `contested`;
a secret in what would leave: decision `secrets`)",
};

}  // namespace gs::close
