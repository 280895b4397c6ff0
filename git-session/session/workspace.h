#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/session_config.h"
#include "git/config/values.h"
#include "git/repository.h"
#include "session/stack/stack.h"
#include "session/state_directory.h"

namespace gs::session {

// A repository with everything that decides how a session in it behaves.
struct Workspace {
  git::Repository repository;
  std::vector<git::ConfigValue> git_config;
  Platform platform;
  std::optional<Stack> stack;
  config::SessionConfig config;
  std::string state_directory;              // name at the top of the work tree: ".claude"
  bool state_directory_configured = false;  // --state-dir or session.state-dir named it

  // The running platform; where none runs, the one whose state directory this is.
  [[nodiscard]] Platform platform_of_state() const;
  [[nodiscard]] std::string state_path(
      std::string_view name) const;           // absolute, in the state directory
  [[nodiscard]] RepoPath state_file() const;  // STATE.md, relative to the top
  [[nodiscard]] std::string own_path(
      std::string_view name) const;  // absolute, in git-session/ of the git directory
};
[[nodiscard]] Workspace open_workspace(
    const std::optional<std::string>& state_dir_option = std::nullopt);

}  // namespace gs::session
