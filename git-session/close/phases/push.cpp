#include <algorithm>

#include "base/text.h"
#include "close/look/secret_search.h"
#include "close/phases/phases.h"
#include "close/push_target.h"
#include "close/session_branch.h"

namespace gs::close {

namespace {

PhaseResult preview_push(Context& context) {
  const PushTarget target = push_target(context);
  return target.why_not.empty() ? ok("would push to " + describe(target)) : skip(target.why_not);
}

std::optional<git::ObjectId> tip_of(const Context& context, const PushTarget& target) {
  return target.source.empty() ? context.repository().head().commit
                               : context.repository().resolve_commit(target.source);
}

// Hooks, an editor and the records have changed what was planned: searched in its final bytes.
FoundSecrets find_unseen_secrets(Context& context, const PushTarget& target) {
  const std::optional<git::ObjectId> tip = tip_of(context, target);
  if (!tip) return {};
  FoundSecrets found = find_committed_secrets(context, *tip);
  found.secrets = without_overridden(context, std::move(found.secrets));
  return found;
}

PhaseResult not_pushed(Context& context, const PushTarget& target) {
  context.push_summary = "not pushed: " + target.why_not;
  PhaseResult result = skip(target.why_not);
  FoundSecrets found = find_unseen_secrets(context, target);
  if (found.secrets.empty()) return result;
  result.outcome = Outcome::Warn;
  result.summary += "; " + plural(found.secrets.size(), "secret") + " in what was committed";
  result.detail = list_secrets(found.secrets);
  result.findings = std::move(found.secrets);
  return result;
}

// Absent: nothing is in the way of the push; `by_decision` counts what leaves all the same.
std::optional<PhaseResult> refuse_secrets(Context& context, const PushTarget& target,
                                          std::size_t& by_decision) {
  FoundSecrets found = find_unseen_secrets(context, target);
  const std::string many = plural(found.secrets.size(), "secret") + " in what would be pushed";
  const std::optional<std::string> chosen =
      decide_secrets(context, many + ". Push anyway?", found.secrets);
  if (chosen == "override") {
    by_decision = found.secrets.size();
    return std::nullopt;
  }
  PhaseResult result = block(many);
  result.open_decision = !chosen;
  result.detail = list_secrets(found.secrets);
  result.findings = std::move(found.secrets);
  result.hint =
      "the commits are made; remove it from them ('git commit --amend', 'git rebase -i'), then "
      "'git session close --continue'";
  return result;
}

// The answer that was given to this run goes before the plan, and into it.
void take_given_target(Context& context) {
  if (context.journal.is_done("push")) return;
  const std::optional<PushPlan> given = given_push(context, push_by_git(context));
  if (!given) return;
  context.write_plan->push = *given;
  context.journal.record("write-plan", {{"plan", to_json(*context.write_plan)}});
}

// A rebase wants a clean tree.
bool has_tracked_changes(const Context& context) {
  const std::vector<git::StatusEntry> entries = git::read_status(context.repository()).entries;
  return std::any_of(entries.begin(), entries.end(), [](const git::StatusEntry& entry) {
    return entry.index.present() || entry.head.present();
  });
}

PhaseResult failed(const Context& context, const std::string& where, const ProcessResult& pushed) {
  PhaseResult result = block("push to " + where + " failed: " + pushed.describe());
  result.detail = push_failure(pushed);
  result.hint = "the commits are made; fix it (e.g. 'git pull --rebase" +
                std::string(has_tracked_changes(context) ? " --autostash" : "") +
                "'), then 'git session close --continue'";
  return result;
}

// How many commits the remote took; absent: the push failed.
std::optional<std::size_t> push(Context& context, const PushTarget& target, ProcessResult& pushed) {
  const auto intend = [&]() -> Json {
    // A push that was killed may have taken effect: what was lacking before the first one counts.
    const std::vector<Json> earlier = context.journal.intents("push");
    const Json first = earlier.empty() ? Json() : earlier.front();
    const Json where = bytes_to_json(describe(target));
    if (first.is_object() && first.value("where", Json()) == where) return first;
    return {{"where", where}, {"lacking", count_lacking(context, target)}};
  };
  const bool again = context.journal.has_begun("push");
  const auto done = context.journal.step(
      "push", intend, [](const Json&) { return std::optional<Json>(); },
      [&](const Json& intent) -> std::optional<Json> {
        pushed = run_push(context, target);
        if (!pushed.ok()) return std::nullopt;
        const auto lacking = intent.at("lacking").get<std::size_t>();
        const std::size_t count = count_pushed(context, target, pushed, lacking);
        return Json{{"commits", count == 0 && again ? lacking : count}};
      });
  if (!done) return std::nullopt;
  // A journal of an older version has no count.
  return done->is_object() ? done->at("commits").get<std::size_t>() : context.commits.size();
}

PhaseResult write_push(Context& context) {
  take_given_target(context);
  PushTarget target = push_target(context);
  if (!target.why_not.empty()) return not_pushed(context, target);
  if (!context.journal.is_done("push")) {
    move_to_session_branch(context);
    target = push_target(context);
  }
  const std::string where = describe(target);
  std::size_t by_decision = 0;
  if (!context.journal.is_done("push")) {
    if (auto refused = refuse_secrets(context, target, by_decision)) return *std::move(refused);
  }
  ProcessResult pushed;
  const std::optional<std::size_t> count = push(context, target, pushed);
  if (!count) return failed(context, where, pushed);
  context.pushed = where;
  context.push_summary = *count == 0 ? where + " was already up to date"
                                     : plural(*count, "commit") + " pushed to " + where;
  if (by_decision > 0)
    context.push_summary += ", " + plural(by_decision, "secret") + " by decision";
  const std::string range = pushed_range(target, pushed);
  say(context.observer, {.label = "push", .text = where + (range.empty() ? "" : "   " + range)});
  return ok("pushed to " + where);
}

}  // namespace

const Phase kPush{
    .id = "push",
    .title = "Push",
    .look = preview_push,
    .write = write_push,
    .does = R"(searches the commits for secrets as they are made, and pushes the branch to the
target that `push-target` found)",
    .skipped_when = R"(no remote, `--no-push`, a session without commits, a decision
`push-target` against it)",
    .blocks_when =
        R"(the push is rejected: says what happened and how to continue; a secret in what would be
pushed that was not there when the close looked, as by a hook: decision `secrets`)",
};

}  // namespace gs::close
