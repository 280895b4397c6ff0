#include "session/workspace.h"

#include "base/file/file.h"
#include "config/load.h"
#include "git/config/values.h"
#include "git/index/replace_file.h"

namespace gs::session {

Platform Workspace::platform_of_state() const {
  if (platform != Platform::None) return platform;
  if (!state_directory.starts_with('.')) return Platform::None;
  return platform_named(std::string_view(state_directory).substr(1)).value_or(Platform::None);
}

std::string Workspace::state_path(std::string_view name) const {
  return join_path(join_path(repository.work_tree(), state_directory), name);
}

RepoPath Workspace::state_file() const {
  return RepoPath(state_directory + "/STATE.md");
}

std::string Workspace::own_path(std::string_view name) const {
  return join_path(join_path(repository.git_dir(), "git-session"), name);
}

Workspace open_workspace(const std::optional<std::string>& state_dir_option) {
  git::Repository repository = git::Repository::open();
  git::remove_stale_temp_files(repository);
  std::vector<git::ConfigValue> git_config = git::configuration(repository);
  const Platform platform = running_platform();
  std::optional<Stack> stack = detect_stack(repository.work_tree());
  config::SessionConfig config =
      config::load(repository, stack_layer(stack), platform == Platform::Codex, git_config);
  const auto configured =
      state_dir_option ? state_dir_option : git::last_value(git_config, "session.state-dir");
  std::string state_directory = find_state_directory(repository, configured);
  return {std::move(repository), std::move(git_config), platform,
          std::move(stack),      std::move(config),     std::move(state_directory),
          configured.has_value()};
}

bool is_session_record(const RepoPath& path, std::string_view state_directory) {
  std::string_view name = path.bytes();
  if (!name.starts_with(state_directory)) return false;
  name.remove_prefix(state_directory.size());
  return name == "/STATE.md" || name == "/session-plan.toml" || name == "/wave-scope.json" ||
         name.starts_with("/session-handover/");
}

bool is_shared_record(const RepoPath& path) {
  return path.bytes() == kSessionsFile || path.bytes() == ".orchestrator/metrics/learnings.jsonl" ||
         path.bytes().starts_with(".orchestrator/issues/");
}

bool is_record(const Workspace& workspace, const RepoPath& path) {
  return path.is_below(RepoPath(".orchestrator/metrics")) ||
         is_session_record(path, workspace.state_directory) || is_committed_record(workspace, path);
}

bool is_committed_record(const Workspace& workspace, const RepoPath& path) {
  return path == workspace.state_file() || is_shared_record(path);
}

}  // namespace gs::session
