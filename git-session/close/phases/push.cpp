#include "base/text.h"
#include "close/look/secret_search.h"
#include "close/phases/phases.h"
#include "close/push_target.h"

namespace gs::close {

namespace {

PhaseResult preview(Context& context) {
  const PushTarget target = push_target(context);
  return target.why_not.empty() ? ok("would push to " + target.remote + "/" + target.branch)
                                : skip(target.why_not);
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
      decide_secrets(context, many + ". Push all the same?", found.secrets);
  if (chosen == "override") {
    by_decision = found.secrets.size();
    return std::nullopt;
  }
  PhaseResult result = block(many);
  result.open_decision = !chosen;
  result.detail = list_secrets(found.secrets);
  result.findings = std::move(found.secrets);
  result.hint =
      "the commits are made; take it out of them ('git commit --amend', 'git rebase -i'), then "
      "'git session close --continue'";
  return result;
}

PhaseResult write(Context& context) {
  const PushTarget target = push_target(context);
  if (!target.why_not.empty()) return not_pushed(context, target);
  const std::string where = target.remote + "/" + target.branch;
  std::size_t by_decision = 0;
  if (!context.journal.is_done("push")) {
    if (auto refused = refuse_secrets(context, target, by_decision)) return *std::move(refused);
    const ProcessResult pushed = run_push(context, target);
    if (!pushed.ok()) {
      PhaseResult result = block("push to " + where + " failed: " + pushed.describe());
      result.detail = std::string(trim(pushed.err));
      result.hint =
          "the commits are made; fix it (e.g. 'git pull --rebase'), then 'git session close "
          "--continue'";
      return result;
    }
    context.journal.record("done", {{"step", "push"}});
  }
  context.pushed = where;
  context.push_summary = plural(context.commits.size(), "commit") + " pushed to " + where;
  if (by_decision > 0)
    context.push_summary += ", " + plural(by_decision, "secret") + " by decision";
  return ok("pushed to " + where);
}

}  // namespace

const Phase kPush{
    .id = "push",
    .title = "Push",
    .look = preview,
    .write = write,
    .does = R"(searches the commits for secrets as they are made, and pushes the branch to its
upstream's, or to one of its own name)",
    .skipped_when = R"(no remote, `--no-push`, detached HEAD, a session without commits)",
    .blocks_when = R"(the push is rejected: says what and how to go on; a secret in what would be
pushed that was not there when the close looked, as by a hook: decision `secrets`)",
};

}  // namespace gs::close
