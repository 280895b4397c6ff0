#include "close/plan/final_report.h"

#include "close/plan/issue_refs.h"

namespace gs::close {

namespace {

// What the tracker called the issue.
std::string filed_reference(const Context& context, std::size_t action) {
  if (!context.filed.is_array() || action >= context.filed.size()) return "to be filed";
  const Json& filed = context.filed[action];
  const Json reference = filed.value("reference", Json());
  return reference.is_string() ? reference.get<std::string>() : filed.value("outcome", "queued");
}

// An issue that was there already got a comment: it is not new.
void leave_out_comments(const Context& context, Json& report) {
  if (!context.filed.is_array() || !report.contains("new_issues")) return;
  for (std::size_t i = 0; i < context.filed.size(); ++i) {
    if (context.filed[i].at("action") != "comment") continue;
    Json kept = Json::array();
    for (Json& issue : report.at("new_issues")) {
      if (issue.at("reference") != unfiled_reference(i)) kept.push_back(std::move(issue));
    }
    report.at("new_issues") = std::move(kept);
  }
}

}  // namespace

report::Report final_report(const Context& context) {
  Json planned = context.write_plan->report;
  leave_out_comments(context, planned);
  fill_references(planned, [&](std::size_t action) { return filed_reference(context, action); });
  report::Report report = report::report_from_json(planned).value_or(report::Report{});
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
