#include "base/text.h"
#include "close/phases/phases.h"
#include "close/push_target.h"

namespace gs::close {

PhaseResult preview_push(Context& context) {
  const PushTarget target = push_target(context);
  return target.why_not.empty() ? ok("would push to " + target.remote + "/" + target.branch)
                                : skip(target.why_not);
}

PhaseResult write_push(Context& context) {
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
          "the commits are made; mend it (e.g. 'git pull --rebase'), then 'git session close "
          "--continue'";
      return result;
    }
    context.journal.record("done", {{"step", "push"}});
  }
  context.pushed = where;
  context.push_summary = plural(context.commits.size(), "commit") + " pushed to " + where;
  return ok("pushed to " + where);
}

}  // namespace gs::close
