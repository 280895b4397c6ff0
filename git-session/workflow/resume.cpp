#include "workflow/resume.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "git/index/replace_file.h"
#include "git/status/status.h"
#include "session/baseline.h"
#include "session/changes.h"
#include "session/current.h"
#include "session/pauses.h"
#include "snapshot/gc.h"
#include "snapshot/restore/shelf.h"
#include "snapshot/store.h"
#include "workflow/paused_files.h"
#include "workflow/session_locks.h"
#include "workflow/shelved_work.h"
#include "workflow/start_checks.h"

namespace gs::workflow {
namespace {

using session::FoundState;

bool is_named(const FoundState& found, const std::string& name) {
  return found.id == name || (!found.state.name.empty() && found.state.name == name);
}

std::string listed(const std::vector<FoundState>& paused) {
  std::vector<std::string> ids;
  for (const FoundState& found : paused) ids.push_back(found.called());
  return join(ids, ", ");
}

Error no_such(const session::Workspace& workspace, const std::string& name) {
  for (const session::RunningSession& other :
       session::running_sessions(workspace.repository, nullptr)) {
    if (other.id != name && (other.name.empty() || other.name != name)) continue;
    if (other.status != session::Status::Paused)
      return refused("session '" + other.called() + "' is not paused");
    if (other.worktree.empty())
      return refused("the worktree of session '" + other.called() + "' is gone")
          .with_hint("'git session abandon --session " + quote_shell(other.called()) +
                     "' ends it, and names the snapshot with its work");
    return refused("session '" + other.called() + "' is paused in '" + other.worktree + "'")
        .with_hint("'git -C " + quote_shell(other.worktree) + " session resume " +
                   quote_shell(other.called()) + "' continues it there");
  }
  return refused("no session '" + name + "' is paused here")
      .with_hint(workspace.paused_sessions.empty()
                     ? "'git session status' shows what is open"
                     : "paused: " + listed(workspace.paused_sessions));
}

std::string switch_to(const FoundState& found) {
  return "git switch " + quote_shell(found.state.branch);
}

// The one that is meant, whether or not it can be taken up here.
FoundState choose(const session::Workspace& workspace, const std::string& name) {
  const std::vector<FoundState>& all = workspace.paused_sessions;
  if (!name.empty()) {
    const auto found = std::find_if(
        all.begin(), all.end(), [&name](const FoundState& each) { return is_named(each, name); });
    if (found == all.end()) throw no_such(workspace, name);
    return *found;
  }
  const std::vector<FoundState> here = session::paused_here(workspace);
  if (here.size() == 1) return here.front();
  if (here.size() > 1) {
    throw refused(std::to_string(here.size()) + " sessions are paused here: " + listed(here))
        .with_hint("name one: 'git session resume " + quote_shell(here.front().called()) + "'");
  }
  if (all.empty())
    throw refused("no session is paused here").with_hint("'git session status' shows what is open");
  if (all.size() == 1) return all.front();
  std::vector<std::string> lines;
  for (const FoundState& found : all)
    lines.push_back("'" + switch_to(found) + "', then 'git session resume', continues " +
                    found.called());
  throw refused("no session of this branch is paused").with_hint(join(lines, "\n"));
}

void require_branch(const session::Workspace& workspace, const FoundState& found) {
  const auto branch = workspace.repository.head().branch;
  const std::string& wanted = found.state.branch;
  const bool is_detached = wanted.empty() || wanted == "HEAD";
  if (branch ? session::is_branch_of_state(wanted, branch) : is_detached) return;
  throw refused("session '" + found.called() + "' belongs to branch '" + wanted + "', and " +
                (branch ? "'" + *branch + "'" : "no branch") + " is checked out")
      .with_hint("'" + switch_to(found) + "', then 'git session resume'");
}

// What was begun since has the place of this one. Those that were beside it before do not mix with
// it now.
void require_alone(const session::Workspace& workspace, const FoundState& found) {
  const auto branch = workspace.repository.head().branch;
  std::vector<std::string> problems;
  const auto names =
      session::with_name(session::state_directory_names(), workspace.tracked_directory);
  for (const FoundState& other :
       session::scan_states(workspace.repository.checkout(), names, std::nullopt, problems)) {
    const session::StateFile& state = other.state;
    if (!other.is_at_work() || other.id == found.id ||
        !session::is_branch_of_state(state.branch, branch))
      continue;
    const bool another_agent =
        !state.agent.empty() && !found.state.agent.empty() && state.agent != found.state.agent;
    const bool was_there =
        state.started_at && found.state.paused_at && *state.started_at < *found.state.paused_at;
    if (another_agent || was_there) continue;
    throw refused("session '" + other.called() + "' is active here")
        .with_hint("close, pause or abandon it first");
  }
}

// Shelved changes, back in work tree and index. False if something is in their way.
bool bring_back(const session::Workspace& workspace, const ResumeRequest& request,
                session::Pauses& pauses, ResumeResult& result) {
  const git::Repository& repository = workspace.repository;
  const auto note = [&](const std::set<RepoPath>&) {
    pauses.out = false;
    session::write_pauses(repository.checkout(), pauses);
  };
  if (!request.dry_run) (void)snapshot::settle_cut_off(repository, pauses.session, false, note);
  if (!pauses.out || pauses.snapshot.empty()) return true;
  const auto saved = shelving_snapshot(repository, pauses);
  if (!saved) {
    throw fatal("the snapshot with what the session has changed, '" + pauses.snapshot +
                "', is gone")
        .with_hint("'git session abandon --session " + quote_shell(pauses.session) +
                   "' ends the session");
  }
  snapshot::ShelfRequest shelf = shelf_of(workspace, pauses);
  shelf.merge = request.merge;
  shelf.dry_run = request.dry_run;
  shelf.done = note;
  snapshot::ShelfResult back = snapshot::bring_back(repository, *saved, shelf);
  result.plan = std::move(back.plan);
  result.moved = std::move(back.moved);
  return result.plan.in_the_way.empty();
}

// Changes that neither were the session's at the pause, nor might have been.
std::vector<session::Change> changes_of_others(const session::Workspace& workspace,
                                               const session::Pauses& pauses) {
  const git::Repository& repository = workspace.repository;
  std::vector<session::Change> changes =
      session::find_changes(repository, repository.head().commit, git::read_status(repository))
          .changes;
  std::erase_if(changes, [&](const session::Change& change) {
    return !change.uncommitted() || pauses.files.contains(change.path) ||
           pauses.undecided.contains(change.path) || session::is_record(workspace, change.path) ||
           (workspace.home.tracked() &&
            session::is_session_record(change.path, RepoPath(workspace.tracked_directory)));
  });
  return changes;
}

bool is_same(const session::BaselineEntry& a, const session::BaselineEntry& b) {
  return a.head == b.head && a.index == b.index && a.worktree == b.worktree;
}

// What became dirty meanwhile is to the session as what was dirty when it started.
void extend_baseline(const session::Workspace& workspace, const session::Pauses& pauses,
                     const ResumeRequest& request, ResumeResult& result) {
  const git::Repository& repository = workspace.repository;
  const FileLock lock = git::lock_list(repository, {"baselines", "the session's baseline"});
  std::optional<session::Baseline> baseline = session::read_baseline(repository, pauses.session);
  if (!baseline) return;
  for (const session::Change& change : changes_of_others(workspace, pauses)) {
    const session::BaselineEntry entry{change.head, change.index, change.worktree};
    const auto known = baseline->dirty.find(change.path);
    if (known != baseline->dirty.end() && is_same(known->second, entry)) continue;
    baseline->dirty[change.path] = entry;
    result.others.push_back(change.path);
  }
  if (result.others.empty() || request.dry_run) return;
  snapshot::SaveRequest save;
  save.session = pauses.session;
  save.label = session::kBaselineLabel;
  save.message = "What was dirty when the session was resumed.";
  save.durable = true;
  save.capture.largest_untracked = workspace.config.size("snapshot-max-file");
  save.now = result.resumed_at;
  const snapshot::SaveResult saved = snapshot::save(repository, save, true);
  session::write_baseline(repository, *baseline);
  for (std::string& text : snapshot::keep_to_budget(workspace, saved, save.now))
    result.warnings.push_back(std::move(text));
}

std::size_t commits_meanwhile(const git::Repository& repository, const session::Pauses& pauses) {
  const auto head = repository.head().commit;
  if (!head || pauses.all.empty()) return 0;
  session::Pauses last{pauses.session, {pauses.all.back()}};
  const std::vector<git::ObjectId> all =
      repository.commits_between(last.all.back().head, *head, session::kMostCommits);
  last.all.back().resumed_at.reset();
  return session::made_while_paused(repository, last, head, all).size();
}

// The pause that ends now; one that no command has recorded gets its place.
session::Pause& ending(session::Pauses& pauses, const FoundState& found) {
  if (session::open_pause(pauses, found.state) == nullptr) {
    session::Pause pause{found.state.paused_at.value_or(Timestamp{})};
    pause.head = git::ObjectId::parse(found.state.paused_ref);
    pause.branch = found.state.branch;
    pause.by_status_alone = true;
    pauses.all.push_back(std::move(pause));
  }
  return pauses.all.back();
}

void make_active(const session::Workspace& workspace, const FoundState& found,
                 session::Pauses& pauses, Timestamp now) {
  const git::Repository& repository = workspace.repository;
  FilePlace state = workspace.state_file();
  if (found.tracked()) {
    put_back(workspace, {found.id, workspace.tracked_directory, pauses.scope});
    state = FilePlace(RepoPath(workspace.tracked_directory)).child("STATE.md");
  }
  session::Pause& pause = ending(pauses, found);
  if (pause.paused_at == Timestamp{}) pause.paused_at = now;
  pause.resumed_at = now;
  pause.resumed_head = repository.head().commit;
  session::write_pauses(repository.checkout(), pauses);
  const auto text = repository.files().read(state);
  if (!text) throw fatal("'" + state.quoted() + "' is gone");
  // This takes it up.
  git::replace_file(repository, state, session::mark_resumed(*text, now));
}

}  // namespace

ResumeResult resume(const session::Workspace& workspace, const ResumeRequest& request,
                    const Clock& clock) {
  const Timestamp now = clock.now();
  const FileLock closes = lock_out_closes(workspace, now);
  const FileLock starts = lock_start(workspace, now);
  require_no_unfinished_close(workspace);
  const std::string id = choose(workspace, request.session).id;
  const session::Workspace own = session::open_workspace(choose(workspace, request.session));
  const FoundState found = choose(own, id);
  require_branch(own, found);
  require_alone(own, found);
  session::Pauses pauses = session::read_pauses(own.repository.checkout(), id);
  if (found.tracked()) require_free_place(own, {id, own.tracked_directory, pauses.scope});

  ResumeResult result;
  result.session = id;
  result.name = found.state.name;
  result.title = found.state.title;
  result.branch = found.state.branch;
  result.paused_at = found.state.paused_at;
  result.resumed_at = now;
  if (const auto* open = session::open_pause(pauses, found.state)) {
    result.note = open->note;
    result.snapshot = pauses.snapshot;
    result.commits = commits_meanwhile(own.repository, pauses);
  }
  if (!bring_back(own, request, pauses, result)) return result;
  // Of a pause that no command has recorded it is not known what was its own.
  if (session::open_pause(pauses, found.state) != nullptr)
    extend_baseline(own, pauses, request, result);
  if (!request.dry_run) make_active(own, found, pauses, now);
  return result;
}

}  // namespace gs::workflow
