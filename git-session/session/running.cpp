// Sessions other than the current one.
#include <algorithm>

#include "base/error.h"
#include "git/config/values.h"
#include "git/refs.h"
#include "session/closing.h"
#include "session/current.h"
#include "session/docs_tasks.h"
#include "session/home.h"
#include "session/pauses.h"
#include "session/state_scan.h"

namespace gs::session {

namespace {

std::optional<std::string> closing_of(const git::Checkout& worktree,
                                      std::vector<std::string>& problems) {
  try {
    auto closing = closing_session(worktree.git_dir);
    if (closing && closing->empty()) {
      problems.push_back("'" + journal_file(worktree.git_dir) +
                         "' does not say whose close it is the journal of");
      return std::nullopt;
    }
    return closing;
  } catch (const Error& error) {
    problems.push_back(error.message());
    return std::nullopt;
  }
}

void add_running(const git::Checkout& worktree, const std::vector<std::string>& directories,
                 std::vector<RunningSession>& running, std::vector<std::string>& problems) {
  const auto closing = closing_of(worktree, problems);
  bool closing_found = false;
  for (const FoundState& found : scan_states(worktree, directories, closing, problems)) {
    closing_found = closing_found || found.closing;
    if (!found.running()) continue;
    const auto inside = found.directory.inside();
    running.push_back({found.id, found.state.name, worktree.work_tree,
                       inside ? inside->bytes() : std::string(), found.state.status,
                       found.state.branch});
  }
  if (closing && !closing_found) {
    running.push_back({*closing, "", worktree.work_tree, "", Status::Active, ""});
  }
}

}  // namespace

std::optional<Plan> read_plan(const git::Repository& repository, const FilePlace& state_directory,
                              std::vector<std::string>& problems) {
  const FilePlace file = state_directory.child(kPlanFile);
  try {
    const auto text = repository.files().read(file);
    if (text) return parse_plan(*text, file.bytes());
  } catch (const Error& error) {
    problems.push_back(error.message());
  }
  return std::nullopt;
}

namespace {

// Absent if no command has recorded its pause, so that it counts as any other that is open.
std::optional<LeftByPause> left_by_pause(const git::Repository& repository, const FoundState& found,
                                         std::vector<std::string>& problems) {
  if (!found.is_paused()) return std::nullopt;
  try {
    const Pauses pauses = read_pauses(repository.checkout(), found.id);
    const Pause* const pause = open_pause(pauses, found.state);
    if (pause == nullptr) return std::nullopt;
    LeftByPause left{pause->paused_at, {}};
    for (const auto& [path, file] : pauses.files) {
      if (!pauses.out || file.stays) left.files[path] = file.worktree;
    }
    return left;
  } catch (const Error& error) {
    problems.push_back(error.message());
    return std::nullopt;
  }
}

}  // namespace

OtherClaim claim_of_other(const git::Repository& repository, const FoundState& found,
                          std::vector<std::string>& problems) {
  if (auto left = left_by_pause(repository, found, problems))
    return {found.called(), Claim({}, {}, {}, found.directory), std::nullopt, std::move(left)};
  const std::optional<Plan> plan = read_plan(repository, found.directory, problems);
  std::set<FilePlace> occupied;
  for (const std::string& name : state_directory_names()) occupied.insert(RepoPath(name));
  const auto scope = find_own_wave_scope(repository.work_tree(), found.directory, occupied);
  return {found.called(),
          Claim(plan, scope, found.state.waves, found.directory, docs_patterns(found.state, plan),
                read_hand_claims(repository, found.id))};
}

std::optional<Baseline> baseline_of_other(const git::Repository& repository,
                                          const FoundState& found,
                                          std::vector<std::string>& problems) {
  try {
    return read_baseline(repository, found.id);
  } catch (const Error& error) {
    problems.push_back(error.message());
    return std::nullopt;
  }
}

std::vector<RunningSession> running_sessions(const git::Repository& repository,
                                             std::vector<std::string>* problems) {
  const auto configured = git::last_value(git::configuration(repository), "session.state-dir");
  const auto directories = with_name(state_directory_names(), configured.value_or(""));
  std::vector<RunningSession> running;
  std::vector<std::string> found_problems;
  std::set<std::string> worktrees{"."};
  for (const git::Checkout& worktree : git::list_worktrees(repository)) {
    worktrees.insert(worktree_name(worktree.git_dir));
    add_running(worktree, directories, running, found_problems);
  }
  // Removing a worktree removes no session: its snapshots are all that is left of the work.
  for (const FoundState& found :
       scan_states_without_worktree(repository.checkout(), worktrees, found_problems)) {
    if (!found.running()) continue;
    running.push_back({found.id, found.state.name, "", "", found.state.status, found.state.branch});
  }
  if (problems != nullptr) *problems = std::move(found_problems);
  return running;
}

std::vector<OtherClaim> other_claims(const Workspace& workspace,
                                     std::vector<std::string>* problems) {
  std::vector<std::string> found_problems;
  const auto branch = workspace.repository.head().branch;
  std::vector<OtherClaim> claims;
  for (const FoundState& found :
       scan_states(workspace.repository.checkout(), state_directory_names(),
                   closing_session(workspace.repository.git_dir()), found_problems)) {
    if (found.directory == workspace.state_directory || !found.running()) continue;
    const bool is_here = is_branch_of_state(found.state.branch, branch);
    if (!is_here && !found.is_paused()) continue;
    OtherClaim claim = claim_of_other(workspace.repository, found, found_problems);
    // What a paused one has left goes along to another branch.
    if (!is_here && !claim.left) continue;
    if (!claim.left)
      claim.baseline = baseline_of_other(workspace.repository, found, found_problems);
    claims.push_back(std::move(claim));
  }
  if (problems != nullptr) *problems = std::move(found_problems);
  return claims;
}

}  // namespace gs::session
