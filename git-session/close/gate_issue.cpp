#include "close/gate_issue.h"

#include "base/file.h"
#include "close/issue_plan.h"

namespace gs::close {

Json file_gate_issue(Context& context, const std::string& failure) {
  const std::string tracker = context.workspace.config.text("vcs").value_or("local");
  const tracker::NewIssue issue = gate_issue(context, failure);
  IssueAction action{"create", "", issue.title, issue.priority, issue.body, std::nullopt};
  if (tracker == "local") {
    tracker::LocalIssues local = tracker::LocalIssues::load(context.repository().work_tree());
    const tracker::LocalIssues::Created created = local.create(issue, context.clock.now());
    action.reference = "#" + std::to_string(created.issue.id);
    if (created.edit) {
      const std::string path = context.repository().absolute(created.edit->path);
      make_directories(path.substr(0, path.rfind('/')));
      write_file_atomically(path, created.edit->content);
    }
  } else if (tracker != "none") {
    Json line = {{"session", context.session->id}, {"number", "gate"}, {"tracker", tracker}};
    line.update(to_json(action));
    append_lines(context.workspace.own_path("queued-issues.jsonl"),
                 formats::to_json_line(line) + "\n");
  }
  return tracker == "none" ? Json::array() : Json::array({to_json(action)});
}

}  // namespace gs::close
