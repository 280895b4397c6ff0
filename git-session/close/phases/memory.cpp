#include "base/error.h"
#include "close/journal/file_writes.h"
#include "close/phases/phases.h"
#include "close/planned_phase.h"

namespace gs::close {

PhaseResult preview_memory(Context& context) {
  return preview_planned(context, "memory");
}

// The user's own directory, not the repository's: what cannot be written there stops nothing. There
// is a note with its line in the list, or none.
PhaseResult write_memory(Context& context) {
  try {
    return write_planned(context, "memory");
  } catch (const Error& error) {
    const PhaseResult result = warn("no note: " + error.message());
    try {
      take_back_files(context, "memory");
    } catch (const Error&) {
      return result;  // the disk that had no room for it
    }
    return result;
  }
}

}  // namespace gs::close
