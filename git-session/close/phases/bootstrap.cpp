#include "session/bootstrap.h"
#include "close/phases/phases.h"

namespace gs::close {

PhaseResult look_bootstrap(Context& context) {
  const bool agents_first = context.workspace.platform == session::Platform::Codex;
  const auto closed = session::check_bootstrap(context.repository(), agents_first);
  if (!closed) return ok("open");
  PhaseResult result = block("closed: " + closed->reason);
  result.detail = closed->detail;
  result.hint = "run 'git session init'";
  return result;
}

}  // namespace gs::close
