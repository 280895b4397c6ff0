#include "close/issue_plan.h"

#include <map>

#include "base/text.h"

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
  for (const std::string& pattern : result.unmatched)
    body += "- Nothing changed in `" + pattern + "`\n";
  if (item.verify) body += "- Verify: `" + *item.verify + "`\n";
  return body;
}

tracker::NewIssue carryover(const Context& context, const session::PlanItem& item,
                            const checks::ItemResult& result) {
  tracker::NewIssue issue;
  issue.title = tracker::carryover_title(item.title);
  issue.body = carryover_body(item, result, context.session->id);
  issue.labels = {"priority:" + item.priority, "status:ready"};
  issue.priority = item.priority;
  issue.session = context.session->id;
  issue.origin = "carryover";
  return issue;
}

class Planner {
 public:
  Planner(const Context& context, Timestamp now, IssuePlan& plan)
      : context_(context),
        now_(now),
        plan_(plan),
        local_(tracker::LocalIssues::load(context.repository().work_tree())) {
    plan_.problems = local_.problems();
  }

  void close_issue(long id, const std::string& title, const std::string& comment,
                   std::size_t item) {
    IssueAction action{"close", "#" + std::to_string(id), title, "", comment, item};
    if (is_local()) {
      const auto edit = local_.close(id, comment, now_);
      if (!edit) return;  // not in this tracker, or closed already
      edits_[edit->path] = edit->content;
    }
    plan_.actions.push_back(std::move(action));
  }

  void create(const tracker::NewIssue& issue, std::optional<std::size_t> item) {
    IssueAction action{"create", "", issue.title, issue.priority, issue.body, item};
    if (is_local()) {
      const tracker::LocalIssues::Created created = local_.create(issue, now_);
      action.reference = "#" + std::to_string(created.issue.id);
      if (created.edit) edits_[created.edit->path] = created.edit->content;
    }
    plan_.actions.push_back(std::move(action));
  }

  void finish() {
    for (auto& [path, content] : edits_) plan_.edits.push_back({path, content});
  }

 private:
  [[nodiscard]] bool is_local() const { return plan_.tracker == "local"; }

  const Context& context_;
  Timestamp now_;
  IssuePlan& plan_;
  tracker::LocalIssues local_;
  std::map<RepoPath, std::string> edits_;
};

void plan_item_issues(const Context& context, Planner& planner) {
  for (const checks::ItemResult& result : context.plan.items) {
    const session::PlanItem& item = context.session->plan->items[result.index];
    switch (result.status) {
      case ItemStatus::Done:
        if (item.issue)
          planner.close_issue(*item.issue, item.title,
                              "Done in session " + context.session->id + ": " + result.evidence,
                              result.index);
        break;
      case ItemStatus::Dropped:
        if (item.issue) planner.close_issue(*item.issue, item.title, *item.dropped, result.index);
        break;
      case ItemStatus::Partial:
      case ItemStatus::NotStarted:
        planner.create(carryover(context, item, result), result.index);
        break;
    }
  }
}

}  // namespace

IssuePlan plan_issues(const Context& context, Timestamp now) {
  IssuePlan plan;
  plan.tracker = context.workspace.config.text("vcs").value_or("local");
  const bool nothing = !context.session->plan && context.new_issues.empty();
  if (plan.tracker == "none" || nothing) return plan;
  Planner planner(context, now, plan);
  if (context.session->plan) plan_item_issues(context, planner);
  for (const tracker::NewIssue& issue : context.new_issues) planner.create(issue, std::nullopt);
  planner.finish();
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
  return {{"action", action.action},
          {"reference", action.reference.empty() ? Json() : Json(action.reference)},
          {"title", action.title},
          {"priority", action.priority.empty() ? Json() : Json(action.priority)},
          {"reason", action.reason}};
}

}  // namespace gs::close
