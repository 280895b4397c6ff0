#include "close/plan/report_findings.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "tracker/issue.h"

namespace gs::close {

namespace {

using session::Finding;
using Seen = std::set<std::pair<std::string, std::string>>;  // place and title

std::string place_of(const Finding& finding) {
  std::string place = finding.file.empty() ? "" : quote_path(finding.file);
  if (finding.line > 0) place += ":" + std::to_string(finding.line);
  return place;
}

// The title of the issue that the finding would become; "" for none.
std::string issue_title(const Context& context, std::string_view phase, const Finding& finding) {
  tracker::Task task;
  if (phase == "discovery" && becomes_issue(finding)) {
    task.issue = issue_of_discovery(finding, context.session->id);
  } else if (phase == "review" && context.review && context.review->carryover) {
    task.issue.title = tracker::carryover_title(finding.title);
  }
  mask_task(task);
  return task.issue.title;
}

const IssueAction* find_action(const IssuePlan& issues, const std::string& title) {
  const auto found =
      std::find_if(issues.actions.begin(), issues.actions.end(), [&](const IssueAction& action) {
        return action.action != "close" && action.task.issue.title == title;
      });
  return title.empty() || found == issues.actions.end() ? nullptr : &*found;
}

void add(const Context& context, std::string_view phase, const Finding& finding,
         const IssuePlan* issues, report::Report& report) {
  report::FindingLine line{std::string(session::severity_name(finding.severity)),
                           finding.source,
                           place_of(finding),
                           finding.title,
                           {}};
  if (issues != nullptr) {
    const IssueAction* action = find_action(*issues, issue_title(context, phase, finding));
    if (action != nullptr) {
      line.issue = issues->reference_of(static_cast<std::size_t>(action - issues->actions.data()));
      const bool is_new = action->action == "create";
      if (is_new && !line.issue.planned) return;
    }
  }
  report.findings.push_back(std::move(line));
}

std::size_t rank(const report::FindingLine& finding) {
  return static_cast<std::size_t>(
      session::severity_named(finding.severity).value_or(session::Severity::Low));
}

}  // namespace

bool is_outside(const report::FindingLine& finding) {
  const std::string_view place = finding.place;
  if (!place.empty()) return place.starts_with('/') || place.starts_with("\"/");
  return finding.title.find("'/") != std::string::npos;
}

void add_findings(const Context& context, std::size_t first, const IssuePlan* issues,
                  report::Report& report) {
  Seen seen;
  for (const report::FindingLine& line : report.findings) seen.emplace(line.place, line.title);
  for (std::size_t i = first; i < context.reports.size(); ++i) {
    for (const Finding& finding : context.reports[i].result.findings) {
      // Two phases may read the same lines.
      if (!seen.emplace(place_of(finding), finding.title).second || finding.is_elsewhere) continue;
      add(context, context.reports[i].id, finding, issues, report);
    }
  }
  std::stable_sort(report.findings.begin(), report.findings.end(),
                   [](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

}  // namespace gs::close
