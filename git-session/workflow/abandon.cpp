#include "workflow/abandon.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/index/replace_file.h"
#include "git/refs.h"
#include "records/session_record.h"
#include "session/baseline.h"
#include "session/closing.h"
#include "session/hand_claims.h"
#include "session/home.h"
#include "session/pauses.h"
#include "session/scope_edit.h"
#include "snapshot/restore/restore.h"
#include "snapshot/store.h"
#include "workflow/overview.h"
#include "workflow/session_locks.h"
#include "workflow/silent_sessions.h"

namespace gs::workflow {

namespace {

// The session that is to end, and its STATE.md.
struct Target {
  session::FoundState found;
  std::string text;
  bool is_here = true;  // of this work tree

  [[nodiscard]] bool tracked() const { return found.tracked(); }
  [[nodiscard]] FilePlace state_file() const { return found.directory.child("STATE.md"); }
};

Error not_open(const session::Workspace& workspace, const std::string& name) {
  for (const session::RunningSession& other :
       session::running_sessions(workspace.repository, nullptr)) {
    if ((other.id != name && (other.name.empty() || other.name != name)) || other.worktree.empty())
      continue;
    return refused("session '" + other.called() + "' is open in '" + other.worktree + "'")
        .with_hint("'git -C " + quote_shell(other.worktree) + " session abandon --session " +
                   quote_shell(other.called()) + "' ends it there");
  }
  return refused("no session '" + name + "' is open")
      .with_hint("'git session status' shows those that are");
}

// One that --session or GIT_SESSION names, and that is not open in this work tree: its worktree may
// be gone.
Target without_worktree(const session::Workspace& workspace, const std::string& name) {
  const git::Repository& repository = workspace.repository;
  std::vector<std::string> problems;
  for (session::FoundState& found : states_without_worktree(repository, problems)) {
    const bool is_named =
        found.id == name || (!found.state.name.empty() && found.state.name == name);
    if (!is_named || !found.running()) continue;
    Target target{std::move(found), "", false};
    target.text = repository.files().read(target.state_file()).value_or("");
    return target;
  }
  throw not_open(workspace, name);
}

// Whoever ends a session twice by mistake must not end one that waits.
Error not_named(const session::FoundState& paused) {
  return refused("session '" + paused.called() + "' is paused")
      .with_hint("'git session abandon --session " + quote_shell(paused.called()) + "' ends it");
}

Target find_target(const session::Workspace& workspace, bool is_named) {
  session::require_one_session(workspace);
  if (!workspace.missing_session.empty())
    return without_worktree(workspace, workspace.missing_session);
  const git::Repository& repository = workspace.repository;
  const FilePlace file = workspace.state_file();
  const auto text = repository.files().read(file);
  const std::vector<session::FoundState> paused = session::paused_here(workspace);
  if (!text && !paused.empty()) throw not_named(paused.front());
  if (!text) {
    throw refused("no session is open in this work tree")
        .with_hint("'git session start' opens one");
  }
  session::FoundState found{workspace.state_directory,
                            session::read_state(*text, file.bytes(), repository.git_dir()), ""};
  found.id = found.state.id();
  for (const session::FoundState& one : workspace.paused_sessions) {
    if (one.directory == found.directory) found.comes_from = one.comes_from;
  }
  if (!is_named && found.is_paused()) throw not_named(found);
  if (!found.running() && !is_named && !paused.empty()) throw not_named(paused.front());
  if (!found.running())
    throw refused("session '" + found.called() + "' is " +
                  std::string(session::status_name(found.state.status)) + " already");
  if (!is_named && !session::is_branch_of_state(found.state.branch, repository.head().branch)) {
    throw refused("session '" + found.called() + "' belongs to branch '" + found.state.branch + "'")
        .with_hint("'git session abandon --session " + quote_shell(found.called()) +
                   "' ends it anyway");
  }
  return {std::move(found), *text};
}

void require_no_close(const session::Workspace& workspace, const Target& target) {
  if (session::is_undo_unfinished(workspace.repository.git_dir())) {
    throw refused("the undo of the last close is not finished")
        .with_hint("'git session undo' finishes it");
  }
  const auto half_done = snapshot::cut_off_restore(workspace.repository);
  if (half_done && half_done->session == target.found.id) throw snapshot::cut_off(*half_done);
  const auto closing = session::closing_session(workspace.repository.git_dir());
  if (!target.is_here || !closing || (!closing->empty() && *closing != target.found.id)) return;
  throw refused("the close of session '" + target.found.called() + "' is not finished")
      .with_hint(
          "'git session close --continue' finishes it\n"
          "'git session close --abort' takes it back, and then the session can be abandoned");
}

// What it has done so far. Nothing that is broken keeps a session open.
void look_at(const session::Workspace& workspace, const Target& target, AbandonResult& result,
             records::SessionStats& stats, std::optional<FilePlace>& scope) {
  const auto branch = workspace.repository.head().branch;
  if (!target.is_here || !session::is_branch_of_state(target.found.state.branch, branch)) return;
  try {
    Overview now = overview(workspace, session::Counts::Paused);
    if (!now.session || now.session->id != target.found.id) return;
    result.commits = now.commits;
    stats.files_changed = static_cast<std::size_t>(
        std::count_if(now.changes.begin(), now.changes.end(), [](const auto& owned) {
          return owned.owner == session::Owner::Ours || owned.owner == session::Owner::Mixed;
        }));
    for (const checks::ItemResult& item : now.items) {
      if (item.status == checks::ItemStatus::Dropped) continue;
      ++stats.planned;
      if (item.status == checks::ItemStatus::Done) ++stats.completed;
    }
    std::erase_if(now.changes, [](const session::OwnedChange& owned) {
      return owned.owner == session::Owner::Foreign;
    });
    result.changes = std::move(now.changes);
    if (now.session->scope) scope = now.session->scope->file;
  } catch (const Error& error) {
    result.warnings.push_back(error.message());
  }
}

records::SessionStats stats_of(const session::Workspace& workspace, const Target& target,
                               Timestamp now) {
  const session::StateFile& state = target.found.state;
  records::SessionStats stats;
  stats.session_id = target.found.id;
  stats.abandoned = true;
  stats.session_type = state.session_type;
  stats.platform = session::platform_name(workspace.platform_of_state());
  stats.branch = state.branch == "HEAD" ? "" : state.branch;
  stats.started_at = state.started_at.value_or(now);
  stats.completed_at = now;
  stats.waves = state.waves;
  stats.total_waves = state.total_waves.value_or(static_cast<long>(state.waves.size()));
  stats.quality = "skip";
  return stats;
}

// Whether an abandoning that was interrupted has written it.
bool has_record(const std::string& lines, const std::string& session) {
  for (const std::string_view line : split_lines(lines)) {
    if (line.find("\"abandoned\"") == std::string_view::npos) continue;
    const formats::JsonLines parsed = formats::parse_json_lines(std::string(line) + "\n");
    for (const formats::JsonLines::Record& record : parsed.records) {
      if (record.value.value("session_id", "") == session &&
          record.value.value("status", "") == "abandoned")
        return true;
    }
  }
  return false;
}

// How long it was paused, and where its work is if it has left the tree. Nothing that is broken
// keeps a session open.
void look_at_pauses(const session::Workspace& workspace, const Target& target,
                    const AbandonRequest& request, AbandonResult& result,
                    records::SessionStats& stats) {
  const session::FoundState& found = target.found;
  bool is_out = found.is_paused();  // unless it is known that it is not
  try {
    const session::Pauses pauses = session::read_pauses(workspace.repository.checkout(), found.id);
    const session::Pause* const open = session::open_pause(pauses, found.state);
    stats.paused = session::time_paused(pauses, open, stats.completed_at);
    is_out = open != nullptr && pauses.out;
    if (is_out) result.shelved = pauses.snapshot;
  } catch (const Error& error) {
    result.warnings.push_back(error.message());
  }
  if (!is_out || !request.drop_snapshots) return;
  throw refused("what session '" + found.called() + "' has changed is in its snapshots alone")
      .with_hint(
          "without --drop-snapshots they stay; 'git session resume' brings the work back first");
}

// A tracked session's record waits for the next close that commits: nothing is committed now.
void append_record(const session::Workspace& workspace, const Target& target,
                   const records::SessionStats& stats, AbandonResult& result) {
  const session::Home home(target.tracked(), workspace.repository.common_dir());
  const FilePlace file =
      target.tracked() ? home.waiting_records() : home.record(session::kSessionsRecord);
  result.record_file = file.shown();
  const TreeFiles files = workspace.repository.files();
  if (has_record(files.read(file, FileLimit::Records).value_or(""), target.found.id)) return;
  const Json record = records::session_record(stats);
  const std::vector<std::string> problems = records::validate_session_record(record);
  if (!problems.empty()) throw fatal("the session's record is not valid: " + problems.front());
  files.append(file, formats::to_json_line(record) + "\n");
}

// The snapshots that stay expire as those of any session that is over.
void drop_snapshots(const git::Repository& repository, bool all, AbandonResult& result) {
  std::vector<std::string> refs;
  for (const snapshot::Snapshot& snapshot : snapshot::list(repository, result.session).snapshots)
    refs.push_back(snapshot.ref);
  if (!all) {
    result.kept = std::move(refs);
    return;
  }
  for (const snapshot::DropResult& dropped : snapshot::drop(repository, refs)) {
    if (!dropped.ok) {
      throw fatal("cannot delete snapshot '" + dropped.ref + "': " + dropped.error)
          .with_hint(
              "the session is still open; without --drop-snapshots they stay until they "
              "expire");
    }
    result.dropped.push_back(dropped.ref);
  }
}

// In the work tree plan and scope would be the next session's.
void take_out_of_tree(const session::Workspace& workspace, const Target& target,
                      const std::optional<FilePlace>& scope) {
  const git::Repository& repository = workspace.repository;
  const TreeFiles files = repository.files();
  const FilePlace kept =
      FilePlace::outside(join_path(session::private_closed_sessions(repository.common_dir()),
                                   session::file_name_of(target.found.id)));
  const FileLock lock = session::lock_wave_scope(repository);
  const auto put_away = [&](const FilePlace& file, std::string_view name) {
    const auto text = files.read(file);
    if (!text) return;
    git::replace_file(repository, kept.child(name), *text);
    files.remove(file);
  };
  put_away(target.found.directory.child(session::kPlanFile), session::kPlanFile);
  put_away(scope.value_or(target.found.directory.child(session::kScopeFile)), session::kScopeFile);
  const FilePlace aside = session::paused_session(repository.common_dir(), target.found.id);
  put_away(aside.child(session::kScopeFile), session::kScopeFile);
  const FileLock claims = session::lock_hand_claims(repository);
  session::write_hand_claims(repository, target.found.id, {});
}

std::string learnings_of(const git::Repository& repository, const Target& target) {
  std::string file = session::noted_learnings_file(repository, target.found.id);
  if (!file_info(file)) return "";
  if (target.tracked()) return file;
  return join_path(join_path(session::private_closed_sessions(repository.common_dir()),
                             session::file_name_of(target.found.id)),
                   file.substr(file.rfind('/') + 1));
}

void put_away(const git::Repository& repository, const std::string& session) {
  const std::string& common = repository.common_dir();
  remove_file(session::baseline_file(repository, session));
  session::put_away(common, session);
  const FilePlace aside = session::paused_session(common, session);
  const FilePlace closed = FilePlace::outside(
      join_path(session::private_closed_sessions(common), session::file_name_of(session)));
  if (const auto state = repository.files().read(aside.child("STATE.md")))
    git::replace_file(repository, closed.child("STATE.md"), *state);
  remove_tree(aside.bytes());
}

// Of a session whose abandoning was killed after it was over. Absent: there is none.
std::optional<session::FoundState> finish_killed(const session::Workspace& workspace) {
  const git::Repository& repository = workspace.repository;
  std::vector<std::string> problems;
  std::vector<session::FoundState> states =
      session::scan_states(repository.checkout(), {}, std::nullopt, problems);
  for (session::FoundState& found : states_without_worktree(repository, problems))
    states.push_back(std::move(found));
  std::optional<session::FoundState> finished;
  for (session::FoundState& found : states) {
    if (found.state.status != session::Status::Abandoned) continue;
    put_away(repository, found.id);
    finished = std::move(found);
  }
  return finished;
}

AbandonResult result_of(const session::FoundState& found) {
  AbandonResult result;
  result.session = found.id;
  result.name = found.state.name;
  result.title = found.state.title;
  result.branch = found.state.branch;
  result.started_at = found.state.started_at;
  return result;
}

}  // namespace

AbandonResult abandon(const session::Workspace& workspace, const AbandonRequest& request,
                      const Clock& clock) {
  const git::Repository& repository = workspace.repository;
  const Timestamp now = clock.now();
  const FileLock lock = lock_out_closes(workspace, now);
  const auto finished = finish_killed(workspace);
  const bool is_gone = finished && !repository.files().info(workspace.state_file());
  if (is_gone && (workspace.missing_session.empty() || workspace.missing_session == finished->id)) {
    AbandonResult result = result_of(*finished);
    drop_snapshots(repository, request.drop_snapshots, result);
    return result;
  }
  const Target target = find_target(workspace, request.is_named);
  require_no_close(workspace, target);

  AbandonResult result = result_of(target.found);
  records::SessionStats stats = stats_of(workspace, target, now);
  std::optional<FilePlace> scope;
  look_at_pauses(workspace, target, request, result, stats);
  look_at(workspace, target, result, stats, scope);
  append_record(workspace, target, stats, result);
  drop_snapshots(repository, request.drop_snapshots, result);
  result.learned = learnings_of(repository, target);
  if (target.tracked()) take_out_of_tree(workspace, target, scope);
  const bool is_in_tree = target.found.directory.inside().has_value();
  // This ends it.
  git::replace_file(repository, target.state_file(),
                    session::mark_abandoned(target.text, is_in_tree, now));
  put_away(repository, target.found.id);
  return result;
}

}  // namespace gs::workflow
