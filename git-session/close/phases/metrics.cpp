#include "close/journal/file_writes.h"
#include "close/phases/phases.h"
#include "close/records.h"

namespace gs::close {

PhaseResult preview_metrics(Context& context) {
  if (context.write_plan->record_line.empty()) return skip("persistence is off");
  return ok(std::string("would append the session's record to ") + kSessionsFile);
}

PhaseResult write_metrics(Context& context) {
  if (context.write_plan->record_line.empty()) return skip("persistence is off");
  append_record(context);
  append_lines_of(context, "metrics");
  return ok(std::string("record appended to ") + kSessionsFile);
}

}  // namespace gs::close
