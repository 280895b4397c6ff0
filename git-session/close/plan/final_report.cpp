#include "close/plan/final_report.h"

#include "checks/secrets/mask.h"
#include "close/plan/report_findings.h"

namespace gs::close {

namespace {

bool is_filed(const report::IssueRef& issue, const Json& filed) {
  return issue.planned && *issue.planned < filed.size();
}

// The reference that the tracker gave it, else the outcome.
std::string filed_name(const report::IssueRef& issue, const Json& filed) {
  if (!is_filed(issue, filed)) return issue.name();
  const Json& action = filed.at(*issue.planned);
  const Json reference = action.value("reference", Json());
  return reference.is_string() ? reference.get<std::string>() : action.value("outcome", "queued");
}

void name_issue(report::IssueRef& issue, const Json& filed) {
  issue = {.known = filed_name(issue, filed)};
}

// Those of which an issue was made, or will be, are among the new issues.
void name_commented_issues(std::vector<report::FindingLine>& findings, const Json& filed) {
  std::erase_if(findings, [&](const report::FindingLine& finding) {
    return finding.issue.planned && !(is_filed(finding.issue, filed) &&
                                      filed.at(*finding.issue.planned).at("action") == "comment");
  });
  for (report::FindingLine& finding : findings) {
    if (!finding.issue.none()) name_issue(finding.issue, filed);
  }
}

report::Report without_secrets(const report::Report& report) {
  return report::report_from_json(checks::mask_strings(report::to_json(report))).value_or(report);
}

}  // namespace

report::Report with_filed_issues(report::Report report, const Json& filed) {
  // An existing issue got a comment: it is not new.
  std::erase_if(report.new_issues, [&](const report::NewIssue& issue) {
    return is_filed(issue.reference, filed) &&
           filed.at(*issue.reference.planned).at("action") == "comment";
  });
  for (report::NewIssue& issue : report.new_issues) name_issue(issue.reference, filed);
  name_commented_issues(report.findings, filed);
  for (report::Item& item : report.carried_over) name_issue(item.follow_up, filed);
  for (report::Recommendation& next : report.recommendations) name_issue(next.issue, filed);
  return report;
}

report::Report final_report(const Context& context) {
  report::Report report = with_filed_issues(context.write_plan->report, context.filed);
  for (const MadeCommit& commit : context.commits) {
    report.commits.push_back({commit.oid.hex(), commit.subject, commit.files, commit.hooks});
  }
  add_findings(context, context.planned_reports, nullptr, report);
  report.push = context.push_summary;
  report.mirror = context.mirror_summary;
  report.request = context.request_summary;
  return without_secrets(report);
}

std::string plan_text(const Context& context) {
  const FilePlace path = context.write_plan->state_directory.child(session::kPlanFile);
  for (const FileWrite& file : context.write_plan->files) {
    if (file.path == path && file.before) return context.journal.kept(*file.before);
  }
  return "";
}

}  // namespace gs::close
