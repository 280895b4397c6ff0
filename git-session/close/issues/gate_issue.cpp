#include "close/issues/gate_issue.h"

#include "close/issues/issue_writing.h"
#include "close/plan/issue_plan.h"
#include "tracker/local_tracker.h"
#include "tracker/select.h"

namespace gs::close {

Json file_gate_issue(Context& context, const std::string& failure) {
  const std::string name = tracker::select_tracker(context.workspace).name;
  if (name == "none") return Json::array();
  IssueAction action{{}, "create", "", std::nullopt};
  action.task.issue = gate_issue(context, failure);
  if (name != "local") return Json::array({file_in_tracker(context, name, action.task)});
  const FileLock lock = tracker::lock_local_issues(context.repository());
  tracker::LocalTracker local(context.repository(), context.clock.now());
  const tracker::Filed filed = tracker::Filing(local).carry_out(action.task);
  if (filed.outcome == tracker::Filed::Outcome::Commented) action.action = "comment";
  action.reference = "#" + std::to_string(filed.number);
  local.save();
  return Json::array({to_json(action)});
}

}  // namespace gs::close
