#include "close/push_target.h"

#include "close/look/session_changes.h"
#include "close/phases/phases.h"
#include "tracker/requests.h"

namespace gs::close {

namespace {

// Nobody is asked where nothing goes to.
bool has_commits(const Context& context) {
  return !context.staging.units.empty() || !context.commits.empty() ||
         context.workspace.home.tracked() || !session_commits(context).empty();
}

session::Decision question(const Context& context, const git::PushDestination& by_git) {
  const bool detached = context.branch.empty();
  std::vector<session::Choice> choices;
  if (!detached) {
    const PushPlan same = recommended_push(context, by_git, true);
    const std::string upstream = same.set_upstream ? ", and make that its upstream" : "";
    choices.push_back({"same-name", same.why_not.empty() ? "push it to " + describe(same) + upstream
                                                         : same.why_not});
  }
  choices.push_back({"no-push", "push nothing; the commits stay here"});
  const std::string what = detached ? "the commits" : "branch '" + context.branch + "'";
  return {.id = "push-target",
          .question = by_git.refusal.empty() ? "Where to push " + what + "?"
                                             : "'git push' would not push " + what + ": " +
                                                   by_git.refusal + ". Where to?",
          .choices = choices,
          .recommended = choices.front().name,
          .detail = choices.front().meaning +
                    "\nor answer REMOTE/BRANCH (--decide push-target=REMOTE/BRANCH)\n",
          .chosen = "",
          .also_accepts = [&context, by_git](const std::string& answer) {
            return answered_push(context, by_git, answer).has_value();
          }};
}

PhaseResult look_for_request(Context& context, const git::PushDestination& by_git) {
  PhaseResult result = block("");
  const tracker::RequestHost host = tracker::request_host(context.workspace, by_git.remote);
  context.push_plan = request_push(context, by_git);
  const std::string base = request_base(context, by_git.remote);
  if (!host.selection.is_hosted()) {
    result.summary = "no request can be made: " + host.selection.why;
    result.hint = "close without --pr";
  } else if (context.push_plan->ref == "refs/heads/" + base) {
    result.summary = "a request to merge " + base + " into itself";
    result.hint = "name another branch with --branch";
  } else {
    return ok(describe(*context.push_plan));
  }
  return result;
}

PhaseResult look_push_target(Context& context) {
  if (!context.options.push) return skip("--no-push");
  const git::PushDestination by_git = push_by_git(context);
  const PushPlan recommended = recommended_push(context, by_git);
  const bool given = given_push(context, by_git).has_value();
  if (!given) {
    if (!has_remote(context, by_git.remote)) return skip(recommended.why_not);
    if (!by_git.refusal.empty() && !has_commits(context)) return skip("the session has no commits");
  }
  if (!context.options.request.empty() && !given) return look_for_request(context, by_git);
  context.push_plan = recommended;
  if (given || !by_git.refusal.empty()) {
    const auto chosen = context.decisions.take(question(context, by_git));
    if (!chosen) {
      PhaseResult result = block("'git push' would not push it: " + by_git.refusal);
      result.open_decision = true;
      return result;
    }
    context.push_plan = answered_push(context, by_git, *chosen);
  }
  return context.push_plan->why_not.empty() ? ok(describe(*context.push_plan))
                                            : skip(context.push_plan->why_not);
}

}  // namespace

const Phase kPushTarget{
    .id = "push-target",
    .title = "Push target",
    .look = look_push_target,
    .does = R"(finds where `git push` would push the branch to; only this branch is pushed, never by
force, also where `git push` would push others (`matching`, a mirror, refspecs))",
    .skipped_when = R"(no remote, `--no-push`, a session without commits)",
    .blocks_when = R"(`git push` would refuse, or would not push the branch: decision
`push-target`)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
