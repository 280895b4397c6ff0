#include "close/issue_states.h"

#include <memory>

#include "tracker/local_issues.h"

namespace gs::close {

std::function<checks::IssueState(long)> issue_states(const Context& context, std::string* why) {
  const std::optional<std::string> vcs = context.workspace.config.text("vcs");
  if (vcs && vcs != "local") {
    *why = vcs == "none" ? "vcs is none"
                         : "vcs is " + *vcs + ", and this version asks the local tracker only";
    return {};
  }
  const auto local = std::make_shared<tracker::LocalIssues>(
      tracker::LocalIssues::load(context.repository().work_tree()));
  if (!vcs && local->issues().empty()) {
    *why = "there are no local issues, and vcs is not set";
    return {};
  }
  return [local](long number) {
    const std::optional<tracker::Issue> issue = local->find(number);
    if (!issue) return checks::IssueState::Unknown;
    return issue->open ? checks::IssueState::Open : checks::IssueState::Closed;
  };
}

}  // namespace gs::close
