#include "report/report.h"

#include "base/file/file.h"
#include "close/phases/phases.h"
#include "close/plan/final_report.h"
#include "session/closing.h"
#include "snapshot/names.h"

namespace gs::close {

namespace {

PhaseResult preview_report(Context&) {
  return ok("would save the report");
}

PhaseResult write_report(Context& context) {
  save_report(context);
  return ok("saved");
}

}  // namespace

void save_report(const Context& context) {
  Json saved = {{"schema", "git-session/saved-report/1"}};
  saved["report"] = report::to_json(final_report(context));
  if (const std::string plan = plan_text(context); !plan.empty()) saved["plan"] = plan;
  const std::string file = saved_report_file(context.workspace, context.write_plan->session);
  make_directories(parent_directory(file));
  remove_stale_temp_files(parent_directory(file));
  write_file_atomically(file, formats::to_json_text(saved) + "\n");
}

std::string saved_report_file(const session::Workspace& workspace, const std::string& session) {
  return join_path(session::reports_directory(workspace.repository.git_dir()),
                   snapshot::map_component(session) + ".json");
}

const Phase kReport{
    .id = "report",
    .title = "Report",
    .look = preview_report,
    .write = write_report,
    .does = R"(saves and shows the final report)",
    .skipped_when = R"(never)",
    .blocks_when = R"(never)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
