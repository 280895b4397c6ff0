#include "base/error.h"
#include "close/phases/phases.h"
#include "close/planned_phase.h"

namespace gs::close {

PhaseResult preview_memory(Context& context) {
  return preview_planned(context, "memory");
}

// The user's own directory, not the repository's: what cannot be written there stops nothing.
PhaseResult write_memory(Context& context) {
  try {
    return write_planned(context, "memory");
  } catch (const Error& error) {
    return warn("no note: " + error.message());
  }
}

}  // namespace gs::close
