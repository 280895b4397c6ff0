#include "workflow/active_session.h"

#include "session/closing.h"

namespace gs::workflow {

std::optional<ActiveSession> find_active_session(const session::Workspace& workspace) {
  if (!workspace.config.flag("persistence")) return std::nullopt;
  session::require_one_session(workspace);
  const auto text = workspace.repository.files().read(workspace.state_file());
  if (!text) return std::nullopt;
  const git::Repository& repository = workspace.repository;
  const auto closing = session::closing_session(repository.git_dir());
  session::FoundState found{
      workspace.state_directory,
      session::read_state(*text, workspace.state_file().bytes(), repository.git_dir()), ""};
  found.id = found.state.id();
  found.closing = closing == found.id;
  if (!found.is_at_work() ||
      !session::is_branch_of_state(found.state.branch, repository.head().branch)) {
    return std::nullopt;
  }
  return ActiveSession{found.id, found.state.current_wave.value_or(0)};
}

Error no_active_session(const session::Workspace& workspace) {
  const std::vector<session::FoundState> paused = session::paused_here(workspace);
  if (const std::string& missing = workspace.missing_session; !missing.empty()) {
    const Error error = refused("no session '" + missing + "' is open in this work tree");
    return error.with_hint(workspace.near_session.empty()
                               ? "GIT_SESSION or --session names it; 'git session status' shows "
                                 "what is open"
                               : "did you mean '" + workspace.near_session + "'?");
  }
  if (paused.empty())
    return refused("no session is open on this branch").with_hint("'git session start' opens one");
  return refused("session '" + paused.front().called() + "' is paused")
      .with_hint(session::resume_hint(paused));
}

}  // namespace gs::workflow
