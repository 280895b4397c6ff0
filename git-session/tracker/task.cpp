// A task as the journal and the queue keep it.
#include "tracker/client.h"
#include "tracker/filing.h"

namespace gs::tracker {

Json to_json(const Task& task) {
  const NewIssue& issue = task.issue;
  const bool creates = task.kind == Task::Kind::Create;
  return {{"action", creates ? "create" : "close"},
          {"session", issue.session},
          {"reference", creates ? Json() : Json("#" + std::to_string(task.number))},
          {"title", issue.title},
          {"priority", issue.priority.empty() ? Json() : Json(issue.priority)},
          {"reason", creates ? issue.body : task.comment},
          {"labels", issue.labels},
          {"origin", issue.origin},
          {"continues", issue.continues ? Json(*issue.continues) : Json()},
          {"not_planned", task.resolution == Resolution::NotPlanned}};
}

std::optional<Task> task_from_json(const Json& value) {
  Task task;
  task.issue.session = json_text(value, "session");
  task.issue.title = json_text(value, "title");
  task.issue.priority = json_text(value, "priority");
  const std::string action = json_text(value, "action");
  if (action == "close") {
    task.kind = Task::Kind::Close;
    task.comment = json_text(value, "reason");
    if (value.value("not_planned", Json()) == Json(true)) task.resolution = Resolution::NotPlanned;
    task.number =
        created_number("/issues/" + json_text(value, "reference").erase(0, 1)).value_or(0);
    return task.number > 0 ? std::optional(task) : std::nullopt;
  }
  if (action != "create" || task.issue.title.empty()) return std::nullopt;
  task.issue.body = json_text(value, "reason");
  task.issue.origin = json_text(value, "origin");
  for (const Json& label : value.value("labels", Json::array()))
    if (label.is_string()) task.issue.labels.push_back(label.get<std::string>());
  if (const auto issue = value.value("continues", Json()).integer()) task.issue.continues = *issue;
  return task;
}

}  // namespace gs::tracker
