#include "workflow/active_session.h"

#include "base/error.h"
#include "session/closing.h"
#include "session/state_scan.h"

namespace gs::workflow {

std::optional<ActiveSession> find_active_session(const session::Workspace& workspace) {
  if (!workspace.config.flag("persistence")) return std::nullopt;
  const git::Repository& repository = workspace.repository;
  std::vector<std::string> problems;
  const auto states =
      session::scan_states(repository.work_tree(), {workspace.state_directory},
                           session::closing_session(repository.git_dir()), problems);
  if (!problems.empty()) throw fatal(problems.front());
  for (const session::FoundState& found : states) {
    if (!found.running()) continue;
    if (!session::is_branch_of_state(found.state.branch, repository.head().branch)) continue;
    return ActiveSession{found.id, found.state.current_wave.value_or(0)};
  }
  return std::nullopt;
}

}  // namespace gs::workflow
