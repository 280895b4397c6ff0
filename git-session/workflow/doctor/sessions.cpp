#include <algorithm>
#include <set>

#include "base/file/file.h"
#include "base/file/lock_state.h"
#include "base/text.h"
#include "git/refs.h"
#include "session/closing.h"
#include "session/current.h"
#include "session/pauses.h"
#include "session/state_scan.h"
#include "workflow/doctor/examine.h"
#include "workflow/silent_sessions.h"

namespace gs::workflow {
namespace {

using session::Area;
using session::Diagnoses;

// Plan, scope and baseline of the open sessions of this work tree.
void examine_parts(const session::Workspace& workspace, Diagnoses& found) {
  const git::Repository& repository = workspace.repository;
  const auto names =
      session::with_name(session::state_directory_names(), workspace.tracked_directory);
  std::vector<std::string> ignored;  // reported with the running sessions
  std::vector<session::FoundState> states = session::scan_states(
      repository.checkout(), names, session::closing_session(repository.git_dir()), ignored);
  std::erase_if(states, [](const session::FoundState& state) { return !state.running(); });
  std::set<std::string> said;
  const auto add = [&](const std::string& problem, const std::string& fix) {
    if (said.insert(problem).second)
      found.push_back(session::wrong(Area::Sessions, problem, {fix}));
  };
  for (const session::FoundState& state : states) {
    std::set<FilePlace> occupied;
    for (const session::FoundState& other : states) {
      if (other.directory != state.directory) occupied.insert(other.directory);
    }
    std::vector<std::string> problems;
    (void)session::read_plan(repository, state.directory, problems);
    for (const std::string& problem : problems)
      add(problem, "'git session plan set FILE' replaces the plan");
    if (const auto scope =
            session::find_own_wave_scope(repository.work_tree(), state.directory, occupied)) {
      for (const std::string& problem : scope->problems)
        add(problem, "'git session scope clear' removes it; until then it allows nothing");
    }
    problems.clear();
    (void)session::baseline_of_other(repository, state, problems);
    for (const std::string& problem : problems)
      add(problem, "without it, what was dirty at the start counts as unclaimed; remove that file");
  }
}

std::string describe(const session::RunningSession& running, const session::Workspace& workspace) {
  std::string text = running.id;
  std::vector<std::string> facts;
  if (!running.name.empty()) facts.push_back(running.name);
  facts.emplace_back(session::status_name(running.status));
  if (running.worktree != workspace.repository.work_tree() && !running.worktree.empty())
    facts.push_back("in '" + running.worktree + "'");
  return text + " (" + join(facts, ", ") + ")";
}

void examine_silent(const session::Workspace& workspace, Timestamp now, Diagnoses& found) {
  for (const SilentSession& silent : silent_sessions(workspace, now)) {
    std::string text = "session '" + silent.called() + "' ";
    if (silent.worktree_gone) {
      text += "is open, and its worktree is gone";
    } else {
      text += "was last active " + format_age(now - *silent.since);
    }
    found.push_back(session::wrong(Area::Sessions, text, {abandon_hint(silent.called())}));
  }
}

// What a paused session needs to be taken up.
void examine_paused(const session::Workspace& workspace, Diagnoses& found) {
  const git::Repository& repository = workspace.repository;
  for (const session::FoundState& paused : workspace.paused_sessions) {
    const std::string name = "paused session '" + paused.id + "'";
    try {
      const session::Pauses pauses = session::read_pauses(repository.checkout(), paused.id);
      const bool is_away = session::open_pause(pauses, paused.state) != nullptr && pauses.out;
      if (is_away && !pauses.snapshot.empty() && !git::read_ref(repository, pauses.snapshot)) {
        found.push_back(session::broken(
            Area::Sessions,
            "the snapshot '" + pauses.snapshot + "' with what " + name + " has changed is gone",
            {"'git fsck --lost-found' may still find it: a commit with the subject 'so-snapshot " +
             paused.id + " …'"}));
      }
    } catch (const Error& error) {
      found.push_back(session::broken(Area::Sessions, error, "remove that file"));
    }
  }
}

void examine_killed_start(const session::Workspace& workspace, Diagnoses& found) {
  if (!file_info(workspace.own_path("start/placed.json"))) return;
  if (lock_state(workspace.own_path("start.lock")).held) return;
  found.push_back(session::note(Area::Sessions, "a start was killed, and left some of its files",
                                {"'git session start' takes them back first"}));
}

}  // namespace

void examine_sessions(const session::Workspace& workspace, Timestamp now, Diagnoses& found) {
  std::vector<std::string> problems;
  const auto running = session::running_sessions(workspace.repository, &problems);
  for (const std::string& problem : problems) {
    // A journal is examined with the close.
    if (problem.find(session::journal_file("")) != std::string::npos) continue;
    found.push_back(session::broken(Area::Sessions, problem,
                                    {"correct that file; until then nothing of its session is "
                                     "deleted, and nothing closes it"}));
  }
  examine_silent(workspace, now, found);
  examine_parts(workspace, found);
  examine_paused(workspace, found);
  examine_killed_start(workspace, found);
  if (workspace.equal_sessions.size() > 1) {
    found.push_back(
        session::note(Area::Sessions,
                      plural(workspace.equal_sessions.size(), "session") +
                          " are open on this branch, and nothing says which one is meant",
                      {"--session " + quote_shell(workspace.equal_sessions.front().called()) +
                       ", or GIT_SESSION in the environment"}));
  }
  if (!workspace.missing_session.empty()) {
    found.push_back(session::wrong(
        Area::Sessions, "session '" + workspace.missing_session + "', which is meant, is not open",
        {"name another one: --session, or GIT_SESSION in the environment"}));
  }
  for (const session::RunningSession& each : running)
    found.push_back(session::fine(Area::Sessions, describe(each, workspace)));
  if (running.empty() && problems.empty())
    found.push_back(session::checked(Area::Sessions, "none is open"));
}

}  // namespace gs::workflow
