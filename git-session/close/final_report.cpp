#include "close/final_report.h"

namespace gs::close {

report::Report final_report(const Context& context) {
  report::Report report =
      report::report_from_json(context.write_plan->report).value_or(report::Report{});
  for (const MadeCommit& commit : context.commits) {
    report.commits.push_back({commit.oid.hex(), commit.subject, commit.files});
  }
  report.push = context.push_summary;
  report.mirror = context.mirror_summary;
  return report;
}

std::string plan_text(const Context& context) {
  const RepoPath path(context.write_plan->state_directory + "/session-plan.toml");
  for (const FileWrite& file : context.write_plan->files) {
    if (file.path == path && file.before) return context.journal.kept(*file.before);
  }
  return "";
}

}  // namespace gs::close
