#include "githooks/context.h"

#include <set>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/checkout.h"
#include "githooks/call.h"
#include "session/closing.h"
#include "session/current.h"
#include "session/docs_tasks.h"
#include "session/selection.h"
#include "session/state_directory.h"

namespace gs::githooks {

namespace {

// A wave-scope.json guards its paths even if no STATE.md has an active session.
std::optional<session::FoundState> scope_without_session(const HookCall& call,
                                                         const std::string& configured) {
  const auto scope = session::find_wave_scope(
      call.work_tree, RepoPath(configured.empty() ? ".orchestrator" : configured));
  if (!scope) return std::nullopt;
  session::FoundState found;
  found.directory = RepoPath(std::string(scope->file.inside()->parent()));
  found.state.status = session::Status::Active;
  return found;
}

HookSession read_session(const git::Repository& repository, const session::FoundState& found,
                         const RunningStates& running, std::vector<std::string>& problems) {
  std::set<FilePlace> occupied;
  std::vector<session::OtherClaim> others;
  for (const session::FoundState& other : running.states) {
    if (other.directory == found.directory) continue;
    occupied.insert(other.directory);
    if (!session::is_branch_of_state(other.state.branch, running.branch)) continue;
    others.push_back(session::claim_of_other(repository, other, problems));
  }
  for (const session::FoundState& paused : running.paused) {
    session::OtherClaim other = session::claim_of_other(repository, paused, problems);
    if (other.left) others.push_back(std::move(other));
  }
  auto scope = session::find_own_wave_scope(repository.work_tree(), found.directory, occupied);
  const auto plan = session::read_plan(repository, found.directory, problems);
  session::Claim claim(plan, scope, found.state.waves, found.directory,
                       session::docs_patterns(found.state, plan),
                       session::read_hand_claims(repository, found.id));
  std::optional<session::Baseline> baseline =
      session::baseline_of_other(repository, found, problems);
  if (scope) problems.insert(problems.end(), scope->problems.begin(), scope->problems.end());
  session::ScopeCheck check(std::move(scope), session::Enforcement::Warn,
                            session::with_name(session::state_directory_names(), found.directory));
  return {found, std::move(check), std::move(claim), std::move(others), std::move(baseline)};
}

}  // namespace

RunningStates find_running(const HookCall& call) {
  RunningStates running;
  if (call.work_tree.empty()) return running;
  running.configured = configured_directory(call);
  const std::vector<std::string> names =
      session::with_name(session::state_directory_names(), running.configured);
  const auto closing = session::closing_session(call.git_dir);
  for (session::FoundState& found :
       session::scan_states(call.checkout(), names, closing, running.problems)) {
    if (found.is_at_work()) {
      running.states.push_back(std::move(found));
    } else if (found.is_paused()) {
      running.paused.push_back(std::move(found));
    }
  }
  if (running.states.empty() && !closing) {
    if (auto scope = scope_without_session(call, running.configured)) {
      running.states.push_back(*std::move(scope));
    }
  }
  if (!running.states.empty()) running.branch = git::checked_out_branch(call.git_dir);
  return running;
}

std::vector<session::FoundState> sessions_at_work(const RunningStates& running,
                                                  const std::optional<std::string>& branch) {
  const session::Platform platform = session::running_platform();
  const FilePlace preferred =
      RepoPath(running.configured.empty() ? "." + std::string(session::platform_name(platform))
                                          : running.configured);
  std::vector<session::FoundState> sessions;
  for (const session::FoundState& found : running.states) {
    const bool over = found.closing && found.state.status != session::Status::Active;
    if (over || !session::is_branch_of_state(found.state.branch, branch)) continue;
    if (found.directory == preferred || session::is_chosen_by_environment(found)) return {found};
    sessions.push_back(found);
  }
  return sessions;
}

const HookSession& SessionReader::read(const session::FoundState& found) {
  const auto known = sessions_.find(found.directory);
  if (known != sessions_.end()) return known->second;
  return sessions_.emplace(found.directory, read_session(repository_, found, running_, problems_))
      .first->second;
}

std::vector<const HookSession*> SessionReader::read(const std::vector<session::FoundState>& found) {
  std::vector<const HookSession*> sessions;
  for (const session::FoundState& one : found) sessions.push_back(&read(one));
  return sessions;
}

session::Enforcement enforcement_of(const HookSession& session) {
  const auto& scope = session.scope.scope();
  if (scope)
    return scope->gate(session::kPathGuard) ? scope->enforcement : session::Enforcement::Off;
  const session::Workspace workspace = session::open_workspace();
  if (!workspace.config.enabled_in("enforcement-gates", session::kPathGuard)) {
    return session::Enforcement::Off;
  }
  return session::enforcement_of(workspace.config);
}

}  // namespace gs::githooks
