#include "base/error.h"
#include "close/journal/file_writes.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

PhaseResult preview_memory(Context& context) {
  return preview_planned(context, "memory");
}

// In the user's own directory, not the repository: a failure to write there does not stop the
// close. Either both the note and its line in the list are written, or neither.
PhaseResult write_memory(Context& context) {
  try {
    return write_planned(context, "memory");
  } catch (const Error& error) {
    PhaseResult result = warn("no note: " + error.message());
    add_problem(result, "memory", result.summary);
    try {
      take_back_files(context, "memory");
    } catch (const Error&) {
      return result;  // probably the same cause, such as a full disk
    }
    return result;
  }
}

}  // namespace

const Phase kMemory{
    .id = "memory",
    .title = "Session memory",
    .look = preview_memory,
    .write = write_memory,
    .does = R"(in a session of Claude, writes a note and its line in MEMORY.md in the user's
Claude project directory, and says when there are more notes than `memory-cleanup-threshold`)",
    .skipped_when =
        R"(`persistence` is off, the session is of another platform, or its STATE.md is on a remote)",
    .blocks_when = R"(never; a note that cannot be written is a warning)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
