#include "base/text.h"
#include "close/phases/phases.h"
#include "close/push_target.h"

namespace gs::close {

namespace {

PhaseResult preview_mirror(Context& context) {
  const PushTarget target = mirror_target(context);
  return target.why_not.empty() ? ok("would push to " + target.remote) : skip(target.why_not);
}

PhaseResult write_mirror(Context& context) {
  const PushTarget target = mirror_target(context);
  if (!target.why_not.empty()) {
    context.mirror_summary = "skipped (" + target.why_not + ")";
    return skip(target.why_not);
  }
  if (!context.journal.is_done("mirror")) {
    const ProcessResult pushed = run_push(context, target);
    if (!pushed.ok()) {
      PhaseResult result =
          warn("push to mirror " + target.remote + " failed: " + pushed.describe());
      result.detail = push_failure(pushed);
      context.mirror_summary = "failed: " + target.remote + ": " + result.detail;
      return result;
    }
    context.journal.record("done", {{"step", "mirror"}});
  }
  context.mirror_summary = "synced to " + target.remote;
  return ok(context.mirror_summary);
}

}  // namespace

const Phase kMirror{
    .id = "mirror",
    .title = "Mirror",
    .look = preview_mirror,
    .write = write_mirror,
    .does = R"(pushes to the mirror remote, after the push)",
    .skipped_when =
        R"(not configured, the remote is missing, `--no-mirror`, or nothing was pushed)",
    .blocks_when = R"(never; a failed mirror is a warning)",
};

}  // namespace gs::close
