#include "close/undo/undo.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "close/journal/before_close.h"
#include "close/journal/put_back.h"
#include "close/look/file_questions.h"
#include "close/phases/phases.h"
#include "close/undo/branch_back.h"
#include "close/undo/held.h"
#include "git/refs.h"
#include "session/baseline.h"
#include "session/closing.h"
#include "session/home.h"
#include "session/scope_edit.h"
#include "session/state_scan.h"
#include "tracker/local_tracker.h"
#include "tracker/queue.h"

namespace gs::close {

namespace {

struct Undo {
  const session::Workspace& workspace;
  Journal& journal;
  WritePlan plan;
  UndoneCommits commits;
  UndoResult result;

  [[nodiscard]] const git::Repository& repository() const { return workspace.repository; }
};

bool has_closes(const git::Checkout& worktree) {
  return file_info(session::undo_journal_file(worktree.git_dir)).has_value();
}

Error nothing_to_undo(const session::Workspace& workspace) {
  for (const git::Checkout& worktree : git::list_worktrees(workspace.repository)) {
    if (worktree.git_dir == workspace.repository.git_dir() || !has_closes(worktree)) continue;
    return refused("there is nothing to undo in this worktree")
        .with_hint("the last close of '" + worktree.work_tree + "': 'git -C " +
                   quote_shell(worktree.work_tree) + " session undo'");
  }
  return refused("there is nothing to undo: no close was completed here since the last undo");
}

void require_no_unfinished_close(const session::Workspace& workspace) {
  const auto unfinished = Journal::load(workspace);
  if (!unfinished) return;
  const bool is_closed = !unfinished->last("closed").is_null();
  throw refused("a close is not finished")
      .with_hint(is_closed ? "'git session close --continue' finishes it, then it can be undone"
                           : "'git session close --abort' takes it back, '--continue' finishes it");
}

// The session's name, as the STATE.md of before the close has it.
std::string name_before(const Undo& undo) {
  for (const FileWrite& file : undo.plan.files) {
    if (file.phase != "state" || !file.before || file.path.name() != "STATE.md") continue;
    try {
      return session::parse_state(undo.journal.kept(*file.before), "STATE.md").name;
    } catch (const Error&) {
      return "";
    }
  }
  return "";
}

void require_session(const Undo& undo, const std::string& wanted) {
  if (wanted.empty() || wanted == undo.plan.session || wanted == name_before(undo)) return;
  throw refused("the last close here was of session '" + undo.plan.session + "', not of '" +
                wanted + "'")
      .with_hint(
          "only the last close can be undone; of an earlier one, 'git revert' takes back "
          "the commits");
}

// Other sessions of this work tree that stand on what is to go away.
void require_no_successor(const Undo& undo) {
  const session::Workspace& workspace = undo.workspace;
  std::vector<std::string> problems;
  const auto names =
      session::with_name(session::state_directory_names(), workspace.tracked_directory);
  for (const session::FoundState& found :
       session::scan_states(workspace.repository.checkout(), names, std::nullopt, problems)) {
    if (!found.running()) continue;
    if (found.id == undo.plan.session)
      throw refused("session '" + found.called() + "' is open already");
    const bool took_its_place = found.directory == undo.plan.state_directory;
    const bool starts_there = std::any_of(
        undo.commits.made.begin(), undo.commits.made.end(), [&](const MadeCommit& commit) {
          return commit.oid.hex() == found.state.session_start_ref;
        });
    if (!took_its_place && !starts_there) continue;
    Error error = refused("session '" + found.called() + "' was started on top of this close");
    throw std::move(error).with_hint(
        "close or abandon it first" +
        (undo.commits.any() ? "; or " + revert_hint(undo.commits) : std::string()));
  }
}

bool is_state_file(const Undo& undo, const FilePlace& file) {
  return file == undo.plan.state_directory.child("STATE.md");
}

// A private session was put away with its directory after its files were written: what is planned
// lies there until it is taken out again.
void require_state_as_closed(const Undo& undo) {
  if (!undo.plan.state_directory.inside()) return;
  const PutBackPlan files = plan_put_back(undo.workspace, undo.journal, undo.plan, Since::Merges);
  const auto state = std::find_if(files.left.begin(), files.left.end(),
                                  [&](const auto& file) { return is_state_file(undo, file); });
  if (state == files.left.end()) return;
  throw refused(state->quoted() +
                " has changed since the close, and the session cannot be reopened without it")
      .with_hint("'git checkout -- " + quote_shell(state->bytes()) +
                 "' restores it as the close left it" +
                 (undo.commits.any() ? "; or " + revert_hint(undo.commits) : std::string()));
}

void require_undoable(const Undo& undo) {
  if (undo.journal.is_done("push")) {
    throw refused("the close of session '" + undo.plan.session + "' was pushed")
        .with_hint(undo.commits.any()
                       ? revert_hint(undo.commits)
                       : "what was pushed was committed by hand; 'git revert' takes it back");
  }
  require_no_successor(undo);
  if (undo.commits.any()) require_on_branch(undo.workspace, undo.commits);
  require_state_as_closed(undo);
}

std::string text_in(const Json& value, const char* key) {
  const Json found = value.value(key, Json());
  return found.is_string() ? found.get<std::string>() : std::string();
}

// By this close, for its own session or for earlier ones.
std::vector<FiledIssue> filed_on_host(const Journal& journal) {
  std::vector<FiledIssue> filed;
  for (const Json& event : journal.events()) {
    const bool own =
        event.value("event", "") == "done" && text_in(event, "step").starts_with("issue/");
    const bool queued = event.value("event", "") == "queued-issue";
    if (!own && !queued) continue;
    const Json action = event.value(own ? "result" : "action", Json());
    if (!action.is_object() || text_in(action, "outcome") != "done") continue;
    filed.push_back({text_in(action, "action"), text_in(action, "reference"),
                     text_in(action, "title"), text_in(action, "url")});
  }
  return filed;
}

// Tasks that the close had queued for a later one, and those that it took out of the queue.
void put_back_queue(const Undo& undo) {
  const WritePlan& plan = undo.plan;
  if (plan.tracker == "none" || plan.tracker.empty()) return;
  const tracker::Queue queue(undo.workspace.own_path("queued-issues.jsonl"));
  std::vector<tracker::Task> tasks;
  for (const Json& planned : plan.tasks) {
    if (auto task = tracker::task_from_json(planned)) tasks.push_back(*std::move(task));
  }
  if (tasks.empty()) return;
  if (plan.tracker == "local" && !plan.waits) {
    queue.add(plan.tracker, tasks);
  } else {
    queue.remove(plan.tracker, tasks);
  }
}

// The session is open again as soon as its STATE.md is back.
void put_files_back(Undo& undo) {
  const git::Repository& repository = undo.repository();
  if (!undo.plan.state_directory.inside())
    session::take_out_again(repository.common_dir(), undo.plan.session);
  const FileLock issues = tracker::lock_local_issues(repository);
  const FileLock notes = session::lock_noted_learnings(repository);
  const FileLock scope = session::lock_wave_scope(repository);
  Restored restored = put_back_files(undo.workspace, undo.journal, undo.plan, Since::Merges);
  undo.result.files = std::move(restored.restored);
  undo.result.left = std::move(restored.left);
}

void carry_out(Undo& undo) {
  const git::Repository& repository = undo.repository();
  if (undo.journal.last("undo").is_null()) undo.journal.record("undo", Json::object());
  if (undo.commits.any()) {
    try {
      move_back(undo.workspace, undo.commits, undo.result);
    } catch (...) {
      // As long as the branch is where it was, nothing has begun.
      if (!is_moved_back(undo.workspace, undo.commits)) undo.journal.retract("undo");
      throw;
    }
  }
  put_files_back(undo);
  withdraw_claims(repository, undo.journal, undo.plan.session);
  put_back_queue(undo);
  remove_file(saved_report_file(undo.workspace, undo.plan.session));
  GivenBack given = give_back(undo.workspace, undo.journal, undo.plan.session);
  undo.result.snapshots = std::move(given.snapshots);
  for (const std::string& ref : given.missing)
    undo.result.warnings.push_back(
        "snapshot '" + ref +
        "' was not restored: its name is taken, or its commit no longer exists");
  drop_before_close(undo.workspace, undo.journal);
  let_go(repository);
  Journal::clear_scratch(undo.workspace);
  undo.journal.finish();
}

void look(Undo& undo) {
  const PutBackPlan files = plan_put_back(undo.workspace, undo.journal, undo.plan, Since::Merges);
  for (const PutBack& file : files.files) undo.result.files.push_back(file.path);
  for (const FilePlace& file : files.left) {
    // What a private session's directory holds comes back with it.
    const bool was_put_away = !file.inside() && file.parent() == undo.plan.state_directory;
    (was_put_away ? undo.result.files : undo.result.left).push_back(file);
  }
  for (const Json& snapshot : undo.journal.last("closed").value("snapshots", Json::array()))
    undo.result.snapshots.push_back(text_in(snapshot, "ref"));
}

}  // namespace

UndoResult undo(const session::Workspace& workspace, const UndoRequest& request,
                const Clock& clock) {
  std::optional<LockHolder> holder;
  std::optional<FileLock> lock;
  if (!request.dry_run) {
    lock = session::try_lock_close(workspace.repository.git_dir(), clock.now(), &holder);
    if (!lock) throw refused(describe(holder)).with_hint("wait for it, or end that process");
  }
  require_no_unfinished_close(workspace);
  std::optional<Journal> journal = Journal::load_undo(workspace);
  if (!journal) {
    // Without a journal the rest is what a kill left at the end of an undo.
    if (!request.dry_run) {
      remove_tree(workspace.own_path("undo"));
      Journal::clear_scratch(workspace);
    }
    throw nothing_to_undo(workspace);
  }
  if (!request.dry_run)
    git::RealIndex::remove_stale_lock(workspace.repository, Journal::directory(workspace));
  WritePlan plan = write_plan_from_json(journal->last("write-plan").at("plan"));
  UndoneCommits commits = undone_commits(workspace, *journal, plan.branch);
  Undo undo{workspace, *journal, std::move(plan), std::move(commits), {}};
  undo.result.session = undo.plan.session;
  undo.result.title = undo.plan.report.title;
  undo.result.branch = undo.plan.branch;
  undo.result.commits = undo.commits.made;
  if (undo.commits.any()) undo.result.tip = undo.commits.tip();
  undo.result.target = undo.commits.target;
  undo.result.filed = filed_on_host(undo.journal);
  require_session(undo, request.session);
  const bool begun = !undo.journal.last("undo").is_null();
  if (!begun) require_undoable(undo);
  if (request.dry_run) {
    look(undo);
  } else {
    carry_out(undo);
  }
  return std::move(undo.result);
}

}  // namespace gs::close
