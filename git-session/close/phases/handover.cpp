#include "close/phases/phases.h"
#include "close/planned_phase.h"
#include "git/status/ignore.h"

namespace gs::close {

PhaseResult preview_handover(Context& context) {
  return preview_planned(context, "handover");
}

PhaseResult write_handover(Context& context) {
  const PhaseResult result = write_planned(context, "handover");
  // For the next session here, in no commit: the work tree is clean all the same.
  if (result.outcome != Outcome::Skip)
    git::exclude_locally(context.repository(),
                         "/" + context.write_plan->state_directory + "/session-handover/");
  return result;
}

}  // namespace gs::close
