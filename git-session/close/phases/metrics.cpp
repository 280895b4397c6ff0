#include "close/journal/file_writes.h"
#include "close/phases/phases.h"
#include "session/workspace.h"

namespace gs::close {

namespace {

PhaseResult preview_metrics(Context& context) {
  if (context.write_plan->record_line.empty()) return skip("persistence is off");
  return ok("would append the session's record to " + context.write_plan->record_file.shown());
}

PhaseResult write_metrics(Context& context) {
  if (context.write_plan->record_line.empty()) return skip("persistence is off");
  append_record(context);
  append_lines_of(context, "metrics");
  (void)write_files(context, "metrics");
  return ok("record appended to " + context.write_plan->record_file.shown());
}

}  // namespace

const Phase kMetrics{
    .id = "metrics",
    .title = "Metrics",
    .look = preview_metrics,
    .write = write_metrics,
    .does = R"(appends the session's record to `sessions.jsonl`, and what
`staleness` found to files beside it)",
    .skipped_when = R"(`persistence` is off)",
    .blocks_when = R"(its own validator rejects the record: nothing is appended)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
