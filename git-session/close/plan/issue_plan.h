#pragma once

#include <string>
#include <vector>

#include "close/context.h"
#include "report/report.h"
#include "tracker/filing.h"
#include "tracker/issue.h"
#include "tracker/local_issues.h"

namespace gs::close {

struct IssueAction {
  tracker::Task task;
  std::string action;               // create, comment, close
  std::string reference;            // "#12"; "" until it has a number
  std::optional<std::size_t> item;  // of the plan
};

struct IssuePlan {
  std::string tracker;  // local, none, github, gitlab
  std::vector<IssueAction> actions;
  std::vector<tracker::FileEdit> edits;  // local tracker: whole files, the last content of each
  std::vector<std::string> problems;     // unreadable and missing local issues
  std::vector<tracker::Task> filed;      // local tracker: queued by sessions that had no work

  // Planned until the tracker has given it a number.
  [[nodiscard]] report::IssueRef reference_of(std::size_t action) const;
};

// What this close does to issues: done items' are closed, dropped ones with their reason, partial
// and unstarted items become carryover, and what agents, the review and discovery leave open and
// Context::new_issues are filed. Writes nothing. `waits`: nothing is filed in files.
[[nodiscard]] IssuePlan plan_issues(const Context& context, Timestamp now, bool waits);
// What goes to a tracker holds no secret.
void mask_task(tracker::Task& task);
// Whether a finding of discovery gets an issue of its own.
[[nodiscard]] bool becomes_issue(const session::Finding& finding);
[[nodiscard]] tracker::NewIssue issue_of_discovery(session::Finding finding,
                                                   const std::string& session);
// The issue of decision gate=issue.
[[nodiscard]] tracker::NewIssue gate_issue(const Context& context, const std::string& failure);
// An issue about findings despite which a close continued; `kind` is its origin.
[[nodiscard]] tracker::NewIssue findings_issue(const Context& context, const std::string& title,
                                               const std::string& findings,
                                               const std::string& kind);
// As --json shows it.
[[nodiscard]] Json to_json(const IssueAction& action);

}  // namespace gs::close
