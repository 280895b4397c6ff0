#include "workflow/overview.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "formats/json.h"
#include "git/index/index_file.h"
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

bool is_alike(const OwnedChange& a, const OwnedChange& b) {
  return a.owner == b.owner && a.made_by_commands == b.made_by_commands;
}

// The changes below a directory, which follow each other.
std::pair<std::size_t, std::size_t> range_below(const std::vector<OwnedChange>& changes,
                                                const std::string& directory) {
  const auto is_before = [](const OwnedChange& change, const std::string& prefix) {
    return change.change.path.bytes() < prefix;
  };
  const auto first = std::lower_bound(changes.begin(), changes.end(), directory + "/", is_before);
  const auto last = std::lower_bound(first, changes.end(), directory + "0", is_before);
  return {static_cast<std::size_t>(first - changes.begin()),
          static_cast<std::size_t>(last - changes.begin())};
}

// As `git status` names them; where only git can read the index, each file is named.
std::map<RepoPath, RepoPath> fold_directories(const git::Repository& repository,
                                              const std::vector<OwnedChange>& changes) {
  std::map<RepoPath, RepoPath> folded;
  const auto index = git::own_index(repository);
  if (!index) return folded;
  std::set<std::string> mixed;  // directories that do not fold
  const auto has_tracked = [&index](const std::string& directory) {
    const auto found =
        std::lower_bound(index->entries().begin(), index->entries().end(), directory + "/",
                         [](const git::IndexEntry& entry, const std::string& prefix) {
                           return entry.path < prefix;
                         });
    return found != index->entries().end() && found->path.starts_with(directory + "/");
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const std::string& path = changes[i].change.path.bytes();
    if (!changes[i].change.untracked || folded.contains(changes[i].change.path)) continue;
    for (std::size_t slash = path.find('/'); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      const std::string directory = path.substr(0, slash);
      if (mixed.contains(directory) || has_tracked(directory)) continue;
      const auto [first, last] = range_below(changes, directory);
      if (last - first < 2) break;
      const bool is_whole = std::all_of(
          changes.begin() + static_cast<std::ptrdiff_t>(first),
          changes.begin() + static_cast<std::ptrdiff_t>(last), [&](const OwnedChange& change) {
            return change.change.untracked && is_alike(change, changes[i]);
          });
      if (!is_whole) {
        mixed.insert(directory);
        continue;
      }
      for (std::size_t at = first; at < last; ++at)
        folded.emplace(changes[at].change.path, RepoPath(directory));
      break;
    }
  }
  return folded;
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
  overview.folded = fold_directories(repository, overview.changes);
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
    not_counted.push_back(checks::not_counted(owned));
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

// What other sessions' closes in this worktree have committed since then, by their reports.
class CommitsOfCloses {
 public:
  CommitsOfCloses(const git::Repository& repository, std::optional<Timestamp> since) {
    const std::string directory = join_path(repository.git_dir(), "git-session/reports");
    for (const std::string& name : list_directory(directory)) {
      const std::string file = join_path(directory, name);
      const auto info = file_info(file);
      if (!info || (since && info->modified < *since)) continue;
      reports_ += read_file_if_exists(file).value_or("");
    }
  }
  [[nodiscard]] bool have(const git::ObjectId& oid) const {
    return reports_.find('"' + oid.hex() + '"') != std::string::npos;
  }

 private:
  std::string reports_;
};

// Since the session's base, without what was fetched or made while it was paused, and what other
// sessions have committed.
std::size_t own_commits(const git::Repository& repository, const session::CurrentSession& session) {
  const auto head = repository.head().commit;
  if (!head) return 0;
  std::vector<git::ObjectId> commits =
      repository.commits_between(session.base, *head, session::kMostCommits);
  std::erase_if(commits,
                [&](const git::ObjectId& oid) { return session.not_own.commits.contains(oid); });
  if (commits.empty()) return 0;
  const CommitsOfCloses closed(repository, session.state.started_at);
  std::erase_if(commits, [&](const git::ObjectId& oid) { return closed.have(oid); });
  return commits.size();
}

std::string head_of(const git::Repository& repository) {
  const git::Head head = repository.head();
  if (head.branch) return *head.branch;
  return head.commit ? "HEAD detached at " + head.commit->abbreviated() : "HEAD detached";
}

// Whether nothing but --session says that this one is meant.
bool needs_naming(const session::Workspace& workspace, const Overview& overview) {
  const session::CurrentSession& session = *overview.session;
  if (session::is_chosen_by_environment({workspace.state_directory, session.state, session.id}))
    return false;
  return std::any_of(
      overview.others.begin(), overview.others.end(), [&](const session::RunningSession& other) {
        return other.worktree == workspace.repository.work_tree() &&
               other.status == session::Status::Active &&
               session::is_branch_of_state(other.branch, workspace.repository.head().branch);
      });
}

std::string branch_of_session(const session::Workspace& workspace) {
  const auto text = workspace.repository.files().read(workspace.state_file());
  return text ? session::read_state(*text, workspace.state_file().bytes(),
                                    workspace.repository.git_dir())
                    .branch
              : "";
}

std::string next_step_without_session(const session::Workspace& workspace, bool is_set_up,
                                      const session::SessionLookup& lookup) {
  if (!is_set_up) return "git session init";
  if (!workspace.near_session.empty())
    return "export GIT_SESSION=" + quote_shell(workspace.near_session);
  if (!workspace.missing_session.empty()) return "unset GIT_SESSION";
  if (lookup.absence == session::Absence::Paused)
    return session::resume_command(session::paused_here(workspace));
  if (lookup.absence == session::Absence::OtherBranch)
    return "git switch " + quote_shell(branch_of_session(workspace));
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
                       [owner](const OwnedChange& owned) {
                         return owned.owner == owner && !owned.made_by_commands;
                       });
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
  overview.head = head_of(repository);
  overview.unfinished_close = unfinished_close(repository);
  if (overview.unfinished_close) counts = session::Counts::Closing;
  session::SessionLookup lookup = session::find_current_session(workspace, std::nullopt, counts);
  overview.session = std::move(lookup.session);
  overview.absence = lookup.detail;
  if (!overview.session) overview.is_set_up = !session::check_bootstrap(workspace);
  if (!workspace.equal_sessions.empty()) {
    overview.session.reset();
    std::vector<std::string> names;
    for (const session::FoundState& found : workspace.equal_sessions)
      names.push_back(found.called());
    overview.absence = plural(names.size(), "session") + " are open here: " + join(names, ", ");
  }
  if (overview.session) {
    look_at_changes(workspace, overview);
    overview.commits = own_commits(repository, *overview.session);
    overview.snapshots = snapshot::list(repository, overview.session->id).snapshots;
    const auto& more = overview.session->warnings;
    overview.warnings.insert(overview.warnings.end(), more.begin(), more.end());
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
    overview.next_step = "git session close --continue";
  } else {
    overview.next_step = overview.session
                             ? next_step_of_session(overview)
                             : next_step_without_session(workspace, overview.is_set_up, lookup);
    if (!workspace.equal_sessions.empty()) {
      overview.next_step =
          "git session status --session " + quote_shell(workspace.equal_sessions.front().called());
    }
    if (overview.session && overview.next_step.starts_with("git session close") &&
        needs_naming(workspace, overview))
      overview.next_step += " --session " + quote_shell(overview.session->state.called());
  }
  return overview;
}

}  // namespace gs::workflow
