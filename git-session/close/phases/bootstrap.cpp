#include "session/bootstrap.h"
#include "close/observer.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

PhaseResult look_bootstrap(Context& context) {
  const auto closed = session::check_bootstrap(context.workspace);
  if (!closed) return ok("open");
  PhaseResult result = block("closed: " + closed->reason);
  result.detail = closed->detail;
  say(context.observer,
      {.outcome = Outcome::Block, .label = "bootstrap", .text = session::describe(*closed)});
  result.hint = "'git session init' sets the repository up";
  return result;
}

}  // namespace

const Phase kBootstrap{
    .id = "bootstrap",
    .title = "Bootstrap gate",
    .look = look_bootstrap,
    .does = R"(checks that the repository is set up: a Session Config, and in the tracked home
`.orchestrator/bootstrap.lock`)",
    .skipped_when = R"(never)",
    .blocks_when = R"(closed: names the reason and `git session init`; it cannot be overridden)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
