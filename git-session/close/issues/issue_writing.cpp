#include "close/issues/issue_writing.h"

#include <utility>

#include "base/text.h"
#include "close/plan/issue_plan.h"
#include "tracker/local_tracker.h"
#include "tracker/select.h"

namespace gs::close {

namespace {

using Became = tracker::Filed::Outcome;

Json shown(const tracker::Task& task) {
  const tracker::NewIssue& issue = task.issue;
  const bool closes = task.kind == tracker::Task::Kind::Close;
  return {{"action", closes ? "close" : "create"},
          {"reference", closes ? Json("#" + std::to_string(task.number)) : Json()},
          {"title", issue.title},
          {"priority", text_or_null(issue.priority)},
          {"reason", closes ? task.comment : issue.body}};
}

Json with_outcome(Json action, std::string_view outcome, const std::string& detail) {
  action["outcome"] = outcome;
  action["detail"] = text_or_null(detail);
  return action;
}

}  // namespace

IssueWriting::IssueWriting(Context& context, std::string tracker)
    : context_(context),
      name_(std::move(tracker)),
      tracker_(tracker::open_tracker(context.workspace, name_, context.clock.now())),
      filing_(*tracker_),
      queue_(context.workspace.own_path("queued-issues.jsonl")) {}

std::vector<Json> IssueWriting::queue(const std::vector<tracker::Task>& tasks,
                                      const std::string& why) {
  if (!tasks.empty()) queue_.add(name_, tasks);
  std::vector<Json> actions;
  for (const tracker::Task& task : tasks)
    actions.push_back(with_outcome(shown(task), "queued", why));
  return actions;
}

Json IssueWriting::attempt(const tracker::Task& task, bool queued_before) {
  if (!trouble_.empty()) {
    return queued_before ? with_outcome(shown(task), "queued", trouble_)
                         : queue({task}, trouble_).front();
  }
  context_.observer.command_running("issues", "", task.issue.title, {});
  try {
    const tracker::Filed filed = filing_.carry_out(task);
    Json action = shown(task);
    if (filed.outcome == Became::Commented) action["action"] = "comment";
    action["reference"] = "#" + std::to_string(filed.number);
    action["url"] = text_or_null(filed.url);
    if (filed.outcome == Became::Missing)
      return with_outcome(std::move(action), "failed",
                          name_ + " has no issue #" + std::to_string(filed.number));
    return with_outcome(std::move(action), "done", join(filed.remarks, "; "));
  } catch (const tracker::TrackerError& error) {
    if (tracker::stops_everything(error.trouble())) trouble_ = error.message();
    if (hint_.empty()) hint_ = error.hint();
    if (queued_before) return with_outcome(shown(task), "queued", error.message());
    return queue({task}, error.message()).front();
  }
}

Json IssueWriting::carry_out(const tracker::Task& task) {
  Json action = attempt(task, false);
  // An interrupted close may have queued a task that now succeeded.
  if (action.at("outcome") != "queued") queue_.remove(name_, {task});
  return action;
}

Json IssueWriting::carry_out_queued() {
  Json actions = Json::array();
  for (const tracker::Queue::Entry& entry : queue_.entries()) {
    if (entry.tracker != name_) continue;
    tracker::Task task = entry.task;
    mask_task(task);
    Json action = attempt(task, true);
    if (action.at("outcome") != "queued") queue_.remove(entry);
    action["session"] = entry.task.issue.session;
    actions.push_back(std::move(action));
  }
  return actions;
}

Json file_gate_issue(Context& context, const std::string& failure) {
  const std::string name = tracker::select_tracker(context.workspace).name;
  if (name == "none") return Json::array();
  IssueAction action{{}, "create", "", std::nullopt};
  action.task.issue = gate_issue(context, failure);
  mask_task(action.task);
  if (name != "local") {
    return Json::array({IssueWriting(context, name).carry_out(action.task)});
  }
  const FileLock lock = tracker::lock_local_issues(context.repository());
  tracker::LocalTracker local(context.repository(), context.workspace.home, context.clock.now());
  const tracker::Filed filed = tracker::Filing(local).carry_out(action.task);
  if (filed.outcome == tracker::Filed::Outcome::Commented) action.action = "comment";
  action.reference = "#" + std::to_string(filed.number);
  local.save();
  return Json::array({to_json(action)});
}

}  // namespace gs::close
