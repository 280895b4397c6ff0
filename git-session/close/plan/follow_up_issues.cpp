#include "close/plan/follow_up_issues.h"

#include <algorithm>

#include "base/text.h"
#include "tracker/templates.h"

namespace gs::close {

namespace {

using Issues = std::vector<tracker::NewIssue>;

tracker::NewIssue carryover(const Context& context, std::string_view task, std::string body,
                            const std::string& priority, const std::string& origin) {
  tracker::NewIssue issue;
  issue.title = tracker::carryover_title(task);
  issue.body = std::move(body);
  issue.labels = {"priority:" + priority, std::string(tracker::kReady)};
  issue.priority = priority;
  issue.session = context.session->id;
  issue.origin = origin;
  return issue;
}

// A plan item that is left over may be what an agent was to do.
bool is_carried_over(const Context& context, const std::string& title) {
  return std::any_of(context.plan.items.begin(), context.plan.items.end(),
                     [&](const checks::ItemResult& result) {
                       const bool left = result.status == checks::ItemStatus::Partial ||
                                         result.status == checks::ItemStatus::NotStarted;
                       const session::PlanItem& item = context.session->plan->items[result.index];
                       return left && tracker::carryover_title(item.title) == title;
                     });
}

void add(const Context& context, Issues& issues, tracker::NewIssue issue) {
  const auto same = std::find_if(issues.begin(), issues.end(), [&](const tracker::NewIssue& other) {
    return other.title == issue.title;
  });
  if (same != issues.end()) {
    same->body += "\n" + issue.body;
  } else if (!is_carried_over(context, issue.title)) {
    issues.push_back(std::move(issue));
  }
}

void add_agents(const Context& context, Issues& issues) {
  for (const session::AgentRun& agent : context.safety->carryover) {
    const bool spiral = agent.status == session::AgentStatus::Spiral;
    std::string body = "Left over from session " + context.session->id + ": its agent " +
                       (spiral ? "ended in a spiral" : "failed") + ".\n";
    if (!agent.files.empty()) body += "\n- Files: " + agent.files + "\n";
    if (!agent.note.empty()) body += "- Note: " + agent.note + "\n";
    add(context, issues, carryover(context, agent.description, body, "medium", "agent"));
  }
}

void add_review(const Context& context, Issues& issues) {
  const std::string from = "Asked for by the review of session " + context.session->id + ".\n";
  if (context.review->findings.empty()) {
    add(context, issues,
        carryover(context, "The review of " + context.session->id + " asks for fixes", from,
                  "medium", "review"));
  }
  for (const session::Finding& finding : context.review->findings) {
    add(context, issues,
        carryover(context, finding.title, from + "\n" + tracker::discovery_body(finding),
                  std::string(session::severity_name(finding.severity)), "review"));
  }
}

void add_findings(const Context& context, Issues& issues) {
  for (session::Finding finding : context.discovery->findings) {
    if (!becomes_issue(finding)) continue;
    if (!finding.file.empty()) finding.title += ": " + quote_path(finding.file);
    add(context, issues, tracker::discovery_issue(finding, context.session->id));
  }
}

}  // namespace

bool becomes_issue(const session::Finding& finding) {
  return finding.severity == session::Severity::Critical ||
         finding.severity == session::Severity::High;
}

std::vector<tracker::NewIssue> follow_up_issues(const Context& context) {
  Issues issues;
  if (context.safety) add_agents(context, issues);
  if (context.review && context.review->carryover) add_review(context, issues);
  if (context.discovery) add_findings(context, issues);
  return issues;
}

}  // namespace gs::close
