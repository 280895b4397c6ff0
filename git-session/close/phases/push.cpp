#include "base/text.h"
#include "close/phases/phases.h"
#include "close/push_target.h"

namespace gs::close {

namespace {

PhaseResult preview(Context& context) {
  const PushTarget target = push_target(context);
  return target.why_not.empty() ? ok("would push to " + target.remote + "/" + target.branch)
                                : skip(target.why_not);
}

PhaseResult write(Context& context) {
  const PushTarget target = push_target(context);
  if (!target.why_not.empty()) {
    context.push_summary = "not pushed: " + target.why_not;
    return skip(target.why_not);
  }
  const std::string where = target.remote + "/" + target.branch;
  if (!context.journal.is_done("push")) {
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
  return ok("pushed to " + where);
}

}  // namespace

const Phase kPush{
    .id = "push",
    .title = "Push",
    .look = preview,
    .write = write,
    .does = R"(pushes the branch to its upstream's, or to one of its own name)",
    .skipped_when = R"(no remote, `--no-push`, detached HEAD, a session without commits)",
    .blocks_when = R"(the push is rejected: says what and how to go on)",
};

}  // namespace gs::close
