#include "session/workspace.h"

#include <algorithm>
#include <functional>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "config/load.h"
#include "git/config/values.h"
#include "git/index/replace_file.h"
#include "git/ref_locks.h"
#include "git/temporary_worktree.h"

namespace gs::session {

Platform Workspace::platform_of_state() const {
  if (platform != Platform::None) return platform;
  if (!tracked_directory.starts_with('.')) return Platform::None;
  return platform_named(std::string_view(tracked_directory).substr(1)).value_or(Platform::None);
}

FilePlace Workspace::state_file() const {
  return state_directory.child("STATE.md");
}

std::string Workspace::own_path(std::string_view name) const {
  return join_path(join_path(repository.git_dir(), "git-session"), name);
}

namespace {

// `attempt` runs a part of it that may throw.
using Attempt = std::function<void(const std::function<void()>& part)>;

Workspace assemble(git::Repository repository, const Selection& selection, const Attempt& attempt) {
  std::vector<git::ConfigValue> git_config;
  attempt([&] { git_config = git::configuration(repository); });
  const Platform platform = running_platform();
  std::optional<Stack> stack;
  attempt([&] {
    stack = detect_stack(repository.work_tree());
    if (stack) stack = runnable_here(*std::move(stack), repository.work_tree());
  });
  std::optional<config::SessionConfig> config;
  attempt([&] {
    config = config::load(repository, stack_layer(stack), platform == Platform::Codex, git_config);
  });
  if (!config) config = config::resolve({});
  Selection complete = selection;
  if (!complete.state_dir) complete.state_dir = git::last_value(git_config, "session.state-dir");
  bool tracked = false;
  Selected selected;
  selected.directory = FilePlace::outside(private_sessions(repository.common_dir()));
  attempt([&] {
    tracked = complete.state_dir || is_tracked_by_default(repository.work_tree(), *config);
    selected = select_session(repository, complete, tracked);
  });
  Home home(selected.missing.empty() ? selected.tracked : tracked, repository.common_dir());
  return {std::move(repository),
          std::move(git_config),
          platform,
          std::move(stack),
          *std::move(config),
          std::move(home),
          tracked,
          std::move(selected.directory),
          std::move(selected.tracked_directory),
          std::move(selected.equal),
          std::move(selected.missing),
          std::move(selected.near),
          std::move(selected.paused)};
}

}  // namespace

Workspace open_workspace(const Selection& selection) {
  git::Repository repository = git::Repository::open();
  git::remove_stale_temp_files(repository);
  git::remove_stale_ref_locks(repository);
  git::remove_stale_worktrees(repository);
  return assemble(std::move(repository), selection,
                  [](const std::function<void()>& part) { part(); });
}

Workspace open_workspace(const FoundState& found) {
  Selection selection{.session = found.id};
  if (const auto inside = found.directory.inside()) selection.state_dir = inside->bytes();
  if (!found.comes_from.empty()) selection.state_dir = found.comes_from;
  return open_workspace(selection);
}

Workspace look_at_workspace(git::Repository repository, const Selection& selection,
                            std::vector<Error>& problems) {
  return assemble(std::move(repository), selection, [&](const std::function<void()>& part) {
    try {
      part();
    } catch (const Error& error) {
      problems.push_back(error);
    }
  });
}

void require_one_session(const Workspace& workspace) {
  if (workspace.equal_sessions.empty()) return;
  std::vector<std::string> ids;
  for (const FoundState& found : workspace.equal_sessions) ids.push_back(found.called());
  throw refused(std::to_string(ids.size()) + " sessions are open here: " + join(ids, ", "))
      .with_hint("say which: --session " + quote_shell(ids.front()) +
                 " or GIT_SESSION=" + quote_shell(ids.front()));
}

std::vector<FoundState> paused_here(const Workspace& workspace) {
  const auto branch = workspace.repository.head().branch;
  std::vector<FoundState> paused = workspace.paused_sessions;
  std::erase_if(paused, [&branch](const FoundState& found) {
    return !is_branch_of_state(found.state.branch, branch);
  });
  const auto own = std::find_if(paused.begin(), paused.end(), [&](const FoundState& found) {
    return found.directory == workspace.state_directory;
  });
  if (own != paused.end()) return {*own};
  return paused;
}

std::string resume_command(const std::vector<FoundState>& paused) {
  const std::string command = "git session resume";
  return paused.size() < 2 ? command : command + " " + quote_shell(paused.front().called());
}

std::string resume_hint(const std::vector<FoundState>& paused) {
  return "'" + resume_command(paused) + "' continues " + (paused.size() < 2 ? "it" : "that one");
}

bool is_session_record(const RepoPath& path, const FilePlace& state_directory) {
  if (!state_directory.inside()) return false;
  std::string_view name = path.bytes();
  if (!name.starts_with(state_directory.bytes())) return false;
  name.remove_prefix(state_directory.bytes().size());
  return name == "/STATE.md" || name == "/session-plan.toml" || name == "/wave-scope.json" ||
         name.starts_with("/session-handover/");
}

bool is_shared_record(const RepoPath& path) {
  static const Home tracked(true, "");
  static const std::string sessions = tracked.record(kSessionsRecord).bytes();
  static const std::string learnings = tracked.record(kLearningsRecord).bytes();
  static const std::string issues = tracked.issues().child("").bytes();
  return path.bytes() == sessions || path.bytes() == learnings || path.bytes().starts_with(issues);
}

bool is_record(const Workspace& workspace, const RepoPath& path) {
  if (!workspace.home.tracked()) return false;
  return path.is_below(RepoPath(".orchestrator/metrics")) ||
         is_session_record(path, workspace.state_directory) || is_committed_record(workspace, path);
}

bool is_committed_record(const Workspace& workspace, const RepoPath& path) {
  return workspace.home.tracked() && (path == workspace.state_file() || is_shared_record(path));
}

}  // namespace gs::session
