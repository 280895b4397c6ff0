#include "close/plan/issue_plan.h"

#include <algorithm>

#include "base/screen.h"
#include "base/text.h"
#include "checks/secrets/mask.h"
#include "tracker/issue.h"
#include "tracker/local_tracker.h"
#include "tracker/queue.h"
#include "tracker/select.h"

namespace gs::close {

namespace {

using checks::ItemStatus;

std::string carryover_body(const session::PlanItem& item, const checks::ItemResult& result,
                           const std::string& session) {
  std::string body = "Left over from session " + session + ".\n\n";
  body += "- Status: " + std::string(checks::item_status_name(result.status)) + "\n";
  if (item.issue) body += "- Continues: #" + std::to_string(*item.issue) + "\n";
  if (!result.evidence.empty()) body += "- Evidence: " + result.evidence + "\n";
  if (item.why) body += "- Why: " + *item.why + "\n";
  if (result.missing.size() > 1) {
    for (const std::string& missing : result.missing) body += "- Missing: " + missing + "\n";
  }
  if (item.verify) body += "- Verify: `" + *item.verify + "`\n";
  return body;
}

tracker::Task carryover(const Context& context, const session::PlanItem& item,
                        const checks::ItemResult& result) {
  tracker::Task task;
  tracker::NewIssue& issue = task.issue;
  issue.title = tracker::carryover_title(item.title);
  issue.body = carryover_body(item, result, context.session->id);
  issue.labels = {"priority:" + item.priority, std::string(tracker::kReady)};
  issue.priority = item.priority;
  issue.session = context.session->id;
  issue.origin = "carryover";
  issue.continues = item.issue;
  return task;
}

tracker::Task closing(const Context& context, const session::PlanItem& item,
                      const checks::ItemResult& result) {
  tracker::Task task;
  task.kind = tracker::Task::Kind::Close;
  task.issue.session = context.session->id;
  task.issue.title = item.title;
  task.number = *item.issue;
  if (result.status == ItemStatus::Dropped) {
    task.comment = *item.dropped;
    task.resolution = tracker::Resolution::NotPlanned;
  } else {
    task.comment = "Done in session " + context.session->id + ": " + result.evidence;
  }
  return task;
}

// What to do about the plan items' issues.
std::vector<IssueAction> planned_actions(const Context& context) {
  std::vector<IssueAction> actions;
  for (const checks::ItemResult& result : context.plan.items) {
    const session::PlanItem& item = context.session->plan->items[result.index];
    const bool over = result.status == ItemStatus::Done || result.status == ItemStatus::Dropped;
    if (!over) {
      actions.push_back({carryover(context, item, result), "create", "", result.index});
    } else if (item.issue) {
      actions.push_back({closing(context, item, result), "close", "#" + std::to_string(*item.issue),
                         result.index});
    }
  }
  return actions;
}

using Issues = std::vector<tracker::NewIssue>;

tracker::NewIssue follow_up(const Context& context, std::string_view task, std::string body,
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

// An open plan item may be the agent's task.
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
    add(context, issues, follow_up(context, agent.description, body, "medium", "agent"));
  }
}

void add_review(const Context& context, Issues& issues) {
  const std::string from = "Asked for by the review of session " + context.session->id + ".\n";
  if (context.review->findings.empty()) {
    add(context, issues,
        follow_up(context, "The review of " + context.session->id + " asks for fixes", from,
                  "medium", "review"));
  }
  for (const session::Finding& finding : context.review->findings) {
    add(context, issues,
        follow_up(context, finding.title, from + "\n" + tracker::discovery_body(finding),
                  std::string(session::severity_name(finding.severity)), "review"));
  }
}

void add_findings(const Context& context, Issues& issues) {
  for (const session::Finding& finding : context.discovery->findings) {
    if (becomes_issue(finding))
      add(context, issues, issue_of_discovery(finding, context.session->id));
  }
}

// Carryover for lost agents and for fixes that a review requires, and an issue for each critical or
// high finding of discovery; the same problem on several lines of a file is one issue.
Issues follow_up_issues(const Context& context) {
  Issues issues;
  if (context.safety) add_agents(context, issues);
  if (context.review && context.review->carryover) add_review(context, issues);
  if (context.discovery) add_findings(context, issues);
  return issues;
}

// The local tracker's files as they will be; actions without effect are dropped.
void file_locally(const Context& context, Timestamp now, IssuePlan& plan) {
  tracker::LocalTracker local(context.repository(), context.workspace.home, now);
  plan.problems = local.problems();
  tracker::Filing filing(local);
  std::vector<IssueAction> actions;
  for (IssueAction& action : plan.actions) {
    const tracker::Filed filed = filing.carry_out(action.task);
    if (filed.outcome == tracker::Filed::Outcome::Missing) {
      plan.problems.push_back("the local tracker has no issue #" +
                              std::to_string(action.task.number) + " to close");
    }
    if (filed.outcome == tracker::Filed::Outcome::Missing ||
        filed.outcome == tracker::Filed::Outcome::Unchanged)
      continue;
    action.reference = "#" + std::to_string(filed.number);
    if (filed.outcome == tracker::Filed::Outcome::Commented) action.action = "comment";
    actions.push_back(std::move(action));
  }
  plan.actions = std::move(actions);
  plan.edits = local.edits();
}

void add_queued(const Context& context, IssuePlan& plan) {
  const tracker::Queue queue(context.workspace.own_path("queued-issues.jsonl"));
  for (tracker::Queue::Entry& entry : queue.entries()) {
    if (entry.tracker != "local") continue;
    plan.filed.push_back(entry.task);
    const bool closes = entry.task.kind == tracker::Task::Kind::Close;
    plan.actions.push_back({std::move(entry.task), closes ? "close" : "create", "", std::nullopt});
  }
}

}  // namespace

void mask_task(tracker::Task& task) {
  for (std::string* text : {&task.issue.title, &task.issue.body, &task.comment})
    *text = escape_hidden(checks::mask_text(*text));
}

bool becomes_issue(const session::Finding& finding) {
  return finding.severity == session::Severity::Critical ||
         finding.severity == session::Severity::High;
}

tracker::NewIssue issue_of_discovery(session::Finding finding, const std::string& session) {
  if (!finding.file.empty()) finding.title += ": " + quote_path(finding.file);
  return tracker::discovery_issue(finding, session);
}

report::IssueRef IssuePlan::reference_of(std::size_t action) const {
  const std::string& reference = actions[action].reference;
  if (reference.empty()) return {.planned = action};
  return {.known = reference};
}

IssuePlan plan_issues(const Context& context, Timestamp now, bool waits) {
  IssuePlan plan;
  plan.tracker = tracker::select_tracker(context.workspace).name;
  if (plan.tracker == "none") return plan;
  if (plan.tracker == "local" && !waits) add_queued(context, plan);
  std::vector<IssueAction> own =
      context.session->plan ? planned_actions(context) : std::vector<IssueAction>();
  std::move(own.begin(), own.end(), std::back_inserter(plan.actions));
  Issues more = follow_up_issues(context);
  more.insert(more.end(), context.new_issues.begin(), context.new_issues.end());
  for (const tracker::NewIssue& issue : more) {
    IssueAction action{{}, "create", "", std::nullopt};
    action.task.issue = issue;
    plan.actions.push_back(std::move(action));
  }
  for (IssueAction& action : plan.actions) mask_task(action.task);
  if (plan.tracker == "local" && !waits) file_locally(context, now, plan);
  return plan;
}

tracker::NewIssue gate_issue(const Context& context, const std::string& failure) {
  tracker::NewIssue issue;
  issue.title = "Quality gate fails: " + ellipsize(failure, 60);
  issue.body =
      "The quality gate of session " + context.session->id + " failed; nothing was committed.\n\n";
  for (const GateResult& gate : context.gates) {
    if (!gate.run || gate.run->outcome == checks::RunOutcome::Passed) continue;
    issue.body += "- " + gate.name + ": " + gate.run->ending + " (`" + gate.run->command + "`)\n";
    for (const std::string& line : gate.run->last_lines) issue.body += "      " + line + "\n";
  }
  if (issue.body.ends_with("\n\n")) issue.body += failure + "\n";
  issue.labels = {"priority:high", "status:ready"};
  issue.priority = "high";
  issue.session = context.session->id;
  issue.origin = "gate";
  return issue;
}

tracker::NewIssue findings_issue(const Context& context, const std::string& title,
                                 const std::string& findings, const std::string& kind) {
  tracker::NewIssue issue;
  issue.title = tracker::carryover_title(title);
  issue.body = "Left over from session " + context.session->id + ".\n\n";
  for (const std::string_view line : split_lines(findings))
    issue.body += "- " + std::string(line) + "\n";
  issue.labels = {"priority:medium", "status:ready"};
  issue.priority = "medium";
  issue.session = context.session->id;
  issue.origin = kind;
  return issue;
}

Json to_json(const IssueAction& action) {
  const tracker::NewIssue& issue = action.task.issue;
  const bool closes = action.task.kind == tracker::Task::Kind::Close;
  return {{"action", action.action},
          {"reference", text_or_null(action.reference)},
          {"title", issue.title},
          {"priority", text_or_null(issue.priority)},
          {"reason", closes ? action.task.comment : issue.body}};
}

}  // namespace gs::close
