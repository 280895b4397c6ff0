#include "workflow/overview.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "formats/json.h"
#include "git/status/status.h"
#include "session/bootstrap.h"
#include "session/closing.h"
#include "session/submodules.h"
#include "snapshot/restore/restore.h"

namespace gs::workflow {
namespace {

using session::OwnedChange;
using session::Owner;

// When the unfinished close began; "" if its journal does not say.
std::optional<std::string> unfinished_close(const git::Repository& repository) {
  const auto text = read_file_if_exists(session::journal_file(repository.git_dir()));
  if (!text) return std::nullopt;
  const auto lines = formats::parse_json_lines(std::string_view(*text).substr(0, text->find('\n')));
  if (lines.records.empty()) return "";
  const Json& began = lines.records.front().value.value("began_at", Json());
  return began.is_string() ? began.get<std::string>() : std::string();
}

// Committed since the base by another session: claimed by it and not by this one.
bool is_others_commit(const session::Change& change, const session::Claim& claim,
                      const std::vector<session::OtherClaim>& others) {
  if (change.uncommitted() || claim.reason(change.path)) return false;
  return std::any_of(others.begin(), others.end(), [&](const session::OtherClaim& other) {
    return other.claim.reason(change.path).has_value();
  });
}

// What plan items touched so far. A verify command is not run, so an item that has one is not done
// before the close.
std::vector<checks::ItemResult> item_states(session::Plan plan,
                                            const std::vector<RepoPath>& touched,
                                            const std::vector<checks::NotCounted>& not_counted) {
  std::vector<bool> has_verify;
  for (session::PlanItem& item : plan.items) {
    has_verify.push_back(item.verify.has_value());
    item.verify.reset();
  }
  std::vector<checks::ItemResult> items =
      checks::check_plan(plan, touched, not_counted,
                         [](const session::PlanItem&) -> checks::CommandRun {
                           throw fatal("a status runs no command");
                         })
          .items;
  for (checks::ItemResult& item : items) {
    if (!has_verify[item.index] || item.status == checks::ItemStatus::Dropped) continue;
    if (item.status == checks::ItemStatus::Done) item.status = checks::ItemStatus::Partial;
    const bool says_something = !item.touched.empty() || !item.unmatched.empty();
    item.evidence = (says_something ? item.evidence + ", " : "") + "verify runs at close";
  }
  return items;
}

void look_at_changes(const session::Workspace& workspace, Overview& overview) {
  const git::Repository& repository = workspace.repository;
  const session::CurrentSession& session = *overview.session;
  const git::Status status = git::read_status(repository);
  for (const git::UnmergedEntry& entry : status.unmerged) overview.unmerged.insert(entry.path);
  session::FoundChanges found = session::find_changes(repository, session.base, status);
  session::leave_out(session.not_own, found.changes);
  const std::vector<session::Change>& changes = found.changes;
  const session::Claim claim = session.claim(workspace);
  const auto others = session::other_claims(workspace, &overview.warnings);
  overview.changes = session::assign_owners(changes, claim, others, session.baseline);
  session::follow_submodules(repository, overview.changes);
  for (std::string& line : git::describe(found.left_out)) {
    overview.warnings.push_back(std::move(line));
  }
  overview.left_out = std::move(found.left_out);

  std::set<RepoPath> not_ours;
  std::vector<checks::NotCounted> not_counted;
  for (const OwnedChange& owned : overview.changes) {
    if (owned.owner == Owner::Ours || owned.owner == Owner::Mixed) continue;
    not_ours.insert(owned.change.path);
    not_counted.push_back({owned.change.path, std::string(session::owner_name(owned.owner))});
  }
  std::vector<RepoPath> touched;
  for (const session::Change& change : changes) {
    const bool differs = change.worktree != change.base || change.index != change.base;
    if (differs && !not_ours.contains(change.path) && !claim.has_record(change.path) &&
        !is_others_commit(change, claim, others)) {
      touched.push_back(change.path);
    }
  }
  if (session.plan) overview.items = item_states(*session.plan, touched, not_counted);
  // The program's own are no changes of the work.
  std::erase_if(overview.changes, [&](const OwnedChange& owned) {
    return session::is_record(workspace, owned.change.path);
  });
}

std::size_t commits_since(const git::Repository& repository,
                          const std::optional<git::ObjectId>& base) {
  constexpr std::size_t kMost = 100000;
  const auto head = repository.head().commit;
  return head ? repository.commits_between(base, *head, kMost).size() : 0;
}

std::string next_step_without_session(const session::Workspace& workspace, bool is_set_up,
                                      const session::SessionLookup& lookup) {
  if (!is_set_up) return "git session init";
  if (lookup.absence == session::Absence::Paused)
    return session::resume_command(session::paused_here(workspace));
  if (lookup.absence == session::Absence::OtherBranch) {
    return "check out that session's branch to continue it";
  }
  if (!workspace.config.flag("persistence")) return "git session close --base REV";
  return "git session start";
}

std::vector<PausedSession> paused_sessions(const session::Workspace& workspace,
                                           std::vector<std::string>& warnings) {
  const auto branch = workspace.repository.head().branch;
  std::vector<PausedSession> paused;
  for (const session::FoundState& found : workspace.paused_sessions) {
    const session::StateFile& state = found.state;
    PausedSession one{found.id, state.name, state.title, state.branch, state.paused_at};
    one.is_here = session::is_branch_of_state(state.branch, branch);
    try {
      const session::Pauses pauses =
          session::read_pauses(workspace.repository.checkout(), found.id);
      if (const session::Pause* const pause = session::open_pause(pauses, state)) {
        one.note = pause->note;
        one.snapshot = pauses.snapshot;
        for (const auto& [path, file] : pauses.files)
          ++(pauses.out && !file.stays ? one.shelved : one.in_tree);
      }
    } catch (const Error& error) {
      warnings.push_back(error.message());
    }
    paused.push_back(std::move(one));
  }
  return paused;
}

std::string next_step_of_session(const Overview& overview) {
  if (!overview.unmerged.empty())
    return "resolve the conflicts and 'git add' them; nothing can be closed before";
  const auto waits = [&overview](Owner owner) {
    return std::any_of(overview.changes.begin(), overview.changes.end(),
                       [owner](const OwnedChange& owned) { return owned.owner == owner; });
  };
  const bool nothing = overview.commits == 0 && !waits(Owner::Ours) && !waits(Owner::Mixed);
  if (nothing && !waits(Owner::Unclaimed))
    return "edit files; 'git session snapshot' saves them as they are";
  if (waits(Owner::Unclaimed) || waits(Owner::Mixed) || waits(Owner::Contested)) {
    return "git session close --dry-run";
  }
  return "git session close";
}

}  // namespace

Overview overview(const session::Workspace& workspace, session::Counts counts) {
  const git::Repository& repository = workspace.repository;
  Overview overview;
  overview.unfinished_close = unfinished_close(repository);
  if (overview.unfinished_close) counts = session::Counts::Closing;
  session::SessionLookup lookup = session::find_current_session(workspace, std::nullopt, counts);
  overview.session = std::move(lookup.session);
  overview.absence = lookup.detail;
  if (!overview.session) overview.is_set_up = !session::check_bootstrap(workspace);
  if (!workspace.equal_sessions.empty()) {
    overview.session.reset();
    overview.absence = std::to_string(workspace.equal_sessions.size()) +
                       " are open, and nothing says which is meant";
  }
  if (overview.session) {
    look_at_changes(workspace, overview);
    overview.commits = commits_since(repository, overview.session->base) -
                       overview.session->not_own.commits.size();
    overview.snapshots = snapshot::list(repository, overview.session->id).snapshots;
    const auto& more = overview.session->warnings;
    overview.warnings.insert(overview.warnings.end(), more.begin(), more.end());
  } else if (lookup.absence == session::Absence::OtherBranch) {
    overview.warnings.push_back(lookup.detail);
  }

  try {
    if (const auto what = snapshot::cut_off_restore(repository)) {
      const Error error = snapshot::cut_off(*what);
      overview.warnings.push_back(error.message() + ": " + error.hint());
    }
  } catch (const Error& error) {
    overview.warnings.push_back(error.message());
  }
  if (session::is_undo_unfinished(repository.git_dir())) {
    overview.warnings.emplace_back("an undo was interrupted: 'git session undo' finishes it");
  }
  std::vector<std::string> problems;
  overview.others = session::running_sessions(repository, &problems);
  overview.warnings.insert(overview.warnings.end(), problems.begin(), problems.end());
  overview.paused = paused_sessions(workspace, overview.warnings);
  overview.is_paused =
      lookup.absence == session::Absence::Paused && workspace.equal_sessions.empty();
  std::erase_if(overview.others, [&](const session::RunningSession& other) {
    if (other.worktree != repository.work_tree()) return false;
    return (overview.session && other.id == overview.session->id) ||
           std::any_of(overview.paused.begin(), overview.paused.end(),
                       [&](const PausedSession& paused) { return paused.id == other.id; });
  });

  if (overview.unfinished_close) {
    overview.next_step = "git session close --continue, or --abort to put back what it wrote";
  } else {
    overview.next_step = overview.session
                             ? next_step_of_session(overview)
                             : next_step_without_session(workspace, overview.is_set_up, lookup);
    if (!workspace.equal_sessions.empty()) {
      overview.next_step =
          "git session status --session " + quote_shell(workspace.equal_sessions.front().id);
    }
  }
  return overview;
}

}  // namespace gs::workflow
