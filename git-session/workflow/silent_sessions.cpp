#include "workflow/silent_sessions.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/refs.h"
#include "session/baseline.h"
#include "session/closing.h"
#include "session/home.h"
#include "session/state_scan.h"
#include "snapshot/store.h"

namespace gs::workflow {

namespace {

constexpr std::chrono::hours kSilence{24};

void take_later(std::optional<Timestamp>& latest, const std::optional<Timestamp>& time) {
  if (time && (!latest || *time > *latest)) latest = time;
}

std::optional<Timestamp> written_at(const git::Repository& repository, const FilePlace& file) {
  const auto info = repository.files().info(file);
  return info ? std::optional(info->modified) : std::nullopt;
}

std::optional<Timestamp> last_written(const git::Repository& repository,
                                      const session::FoundState& found) {
  std::optional<Timestamp> latest = found.state.started_at;
  if (found.directory.inside()) {
    take_later(latest, written_at(repository, found.directory.child("STATE.md")));
    take_later(latest, modified_at(session::noted_learnings_file(repository, found.id)));
  } else {
    for (const std::string& name : list_directory(found.directory.bytes()))
      take_later(latest, written_at(repository, found.directory.child(name)));
  }
  return latest;
}

std::optional<Timestamp> last_snapshot(const git::Repository& repository,
                                       const session::FoundState& found) {
  std::optional<Timestamp> latest;
  for (const snapshot::Snapshot& snapshot : snapshot::list(repository, found.id).snapshots)
    take_later(latest, snapshot.created_at);
  return latest;
}

std::optional<Timestamp> last_commit(const git::Repository& repository,
                                     const session::FoundState& found) {
  const git::Head head = repository.head();
  if (!head.commit || head.commit->hex() == found.state.session_start_ref ||
      !session::is_branch_of_state(found.state.branch, head.branch))
    return std::nullopt;
  return repository.commit(*head.commit).committer_time;
}

}  // namespace

std::vector<session::FoundState> states_without_worktree(const git::Repository& repository,
                                                         std::vector<std::string>& problems) {
  std::set<std::string> worktrees{"."};
  for (const git::Checkout& worktree : git::list_worktrees(repository))
    worktrees.insert(session::worktree_name(worktree.git_dir));
  return session::scan_states_without_worktree(repository.checkout(), worktrees, problems);
}

std::vector<SilentSession> silent_sessions(const session::Workspace& workspace, Timestamp now) {
  const git::Repository& repository = workspace.repository;
  std::vector<SilentSession> silent;
  std::vector<std::string> problems;  // reported with the running sessions
  const auto names =
      session::with_name(session::state_directory_names(), workspace.tracked_directory);
  for (const session::FoundState& found :
       session::scan_states(repository.checkout(), names,
                            session::closing_session(repository.git_dir()), problems)) {
    if (!found.is_at_work() || found.closing) continue;
    std::optional<Timestamp> since = last_written(repository, found);
    // There may be thousands of snapshots.
    if (since && now - *since < kSilence) continue;
    take_later(since, last_commit(repository, found));
    take_later(since, last_snapshot(repository, found));
    if (!since || now - *since < kSilence) continue;
    silent.push_back({found.id, found.state.name, since, false});
  }
  for (const session::FoundState& found : states_without_worktree(repository, problems)) {
    if (!found.running()) continue;
    std::optional<Timestamp> since = last_written(repository, found);
    take_later(since, last_snapshot(repository, found));
    silent.push_back({found.id, found.state.name, since, true});
  }
  return silent;
}

std::string abandon_hint(const std::string& session) {
  return "'git session abandon --session " + quote_shell(session) +
         "' ends it without a commit, and leaves its work";
}

std::string describe(const SilentSession& silent, Timestamp now) {
  std::string text = "session '" + silent.called() + "' ";
  if (silent.worktree_gone) {
    text += "is open, and its worktree is gone";
  } else {
    text += "was last active " + format_age(now - *silent.since);
  }
  return text + ": " + abandon_hint(silent.called());
}

}  // namespace gs::workflow
