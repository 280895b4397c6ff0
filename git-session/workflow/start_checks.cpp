#include "workflow/start_checks.h"

#include "base/error.h"
#include "base/text.h"
#include "session/bootstrap.h"
#include "session/closing.h"
#include "session/state_file.h"
#include "session/state_scan.h"
#include "snapshot/restore/restore.h"
#include "workflow/silent_sessions.h"

namespace gs::workflow {
namespace {

std::string age_of(const session::StateFile& state, Timestamp now) {
  return state.started_at ? ", started " + format_age(now - *state.started_at) : std::string();
}

// An existing STATE.md may be replaced only if its session is over.
void require_free_directory(const session::Workspace& workspace, Timestamp now) {
  const FilePlace file = FilePlace(RepoPath(workspace.tracked_directory)).child("STATE.md");
  const auto text = workspace.repository.files().read(file);
  if (!text) return;
  const session::StateFile state =
      session::read_state(*text, file.bytes(), workspace.repository.git_dir());
  if (state.status != session::Status::Active && state.status != session::Status::Paused) return;
  if (state.status == session::Status::Paused) {
    throw refused("session '" + state.called() + "' is paused in '" + workspace.tracked_directory +
                  "'")
        .with_hint(
            "'git session resume' continues it, 'git session pause --shelve' takes it out of the "
            "work tree\n'git session start --state-dir DIR' opens another one beside it");
  }
  const std::string status(session::status_name(state.status));
  const std::string abandon = abandon_hint(state.called());
  const auto branch = workspace.repository.head().branch;
  if (!session::is_branch_of_state(state.branch, branch)) {
    throw refused("session '" + state.called() + "' of branch '" + state.branch + "' is " + status +
                  " in '" + workspace.tracked_directory + "'" + age_of(state, now))
        .with_hint("'git checkout " + quote_shell(state.branch) +
                   "' and 'git session close' close it\n" + abandon);
  }
  throw refused("session '" + state.called() + "' is " + status + " in '" +
                workspace.tracked_directory + "'" + age_of(state, now))
      .with_hint(
          "'git session status' shows it, 'git session close' closes it\n"
          "'git session start --state-dir DIR' opens another one beside it\n" +
          abandon);
}

// What distinguishes private sessions of one branch is a name, or the agent.
void require_distinct(const session::Workspace& workspace, const StartRequest& request,
                      Timestamp now) {
  const auto branch = workspace.repository.head().branch;
  const std::string agent = session::running_agent();
  std::vector<std::string> problems;  // reported by warn_of_neighbours
  for (const session::FoundState& found :
       session::scan_states(workspace.repository.checkout(), {}, std::nullopt, problems)) {
    const session::StateFile& state = found.state;
    if (!found.running()) continue;
    if (!request.name.empty() && (state.name == request.name || found.id == request.name)) {
      throw refused("session '" + found.id + "' has the name '" + request.name + "' already");
    }
    if (found.is_paused()) continue;
    const bool another_agent = !agent.empty() && state.agent != agent;
    if (!request.name.empty() || another_agent ||
        !session::is_branch_of_state(state.branch, branch))
      continue;
    throw refused("session '" + found.called() + "' is " +
                  std::string(session::status_name(state.status)) + " here" + age_of(state, now))
        .with_hint(
            "'git session status' shows it, 'git session close' closes it\n"
            "'git session start --name NAME' opens another one beside it\n" +
            abandon_hint(found.called()));
  }
}

}  // namespace

void require_own_directory(const session::Workspace& workspace) {
  if (!workspace.tracked_by_default) return;
  const RepoPath directory(workspace.tracked_directory);
  const auto info = workspace.repository.files().info(directory);
  if (!info || info->type == FileType::Directory) return;
  throw refused("the state directory '" + directory.quoted() + "' is " +
                (info->type == FileType::Symlink ? "a symbolic link" : "not a directory"))
      .with_hint("make it a directory of this work tree, or choose another with --state-dir");
}

void require_set_up(const session::Workspace& workspace) {
  if (!workspace.config.flag("persistence")) {
    throw refused("persistence is off, so that there is no session to open (" +
                  workspace.config.at("persistence").origin.describe() + ")")
        .with_hint(
            "'git session close' works from the base commit alone\n"
            "'git session config persistence true' switches it on");
  }
  if (const auto closed = session::check_bootstrap(workspace)) {
    throw refused(session::describe(*closed)).with_hint("'git session init' sets it up");
  }
}

void require_no_unfinished_close(const session::Workspace& workspace) {
  if (session::is_undo_unfinished(workspace.repository.git_dir())) {
    throw refused("the undo of the last close is not finished")
        .with_hint("'git session undo' finishes it");
  }
  const auto closing = session::closing_session(workspace.repository.git_dir());
  if (!closing) return;
  const std::string whose = closing->empty() ? "a session" : "session '" + *closing + "'";
  throw refused("the close of " + whose + " is not finished")
      .with_hint(
          "'git session close --continue' continues with it\n"
          "'git session close --abort' puts back what it wrote");
}

void require_no_other_session(const session::Workspace& workspace, const StartRequest& request,
                              Timestamp now) {
  if (workspace.tracked_by_default) require_free_directory(workspace, now);
  if (!workspace.tracked_by_default) require_distinct(workspace, request, now);
}

void require_word(const std::string& name) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  const std::size_t wrong = name.find_first_not_of(kAllowed);
  if (wrong == std::string::npos && !name.starts_with('-')) return;
  std::string why = "begin with '-'";
  if (wrong != std::string::npos) {
    const bool is_plain = static_cast<signed char>(name[wrong]) > ' ';
    why = name[wrong] == ' ' ? "contain spaces"
          : is_plain         ? "contain '" + std::string(1, name[wrong]) + "'"
                             : "contain letters beyond a to z";
  }
  throw usage_error("the name '" + quote_path(name) + "' may not " + why)
      .with_hint("a name has letters, digits, '.', '_' and '-', such as 'api'");
}

void require_no_conflicts(const git::Status& status) {
  if (status.unmerged.empty()) return;
  throw refused(plural(status.unmerged.size(), "file") + " with conflicts, as '" +
                status.unmerged.front().path.quoted() + "'")
      .with_hint("resolve them and 'git add' them, or abort the merge, then start");
}

void require_no_cut_off_restore(const session::Workspace& workspace) {
  if (const auto what = snapshot::cut_off_restore(workspace.repository))
    throw snapshot::cut_off(*what);
}

}  // namespace gs::workflow
