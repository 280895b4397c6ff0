#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/repo_path.h"
#include "config/session_config.h"
#include "git/config/values.h"
#include "git/repository.h"
#include "session/stack/stack.h"
#include "session/state_directory.h"

namespace gs::session {

// A repository with everything that determines the behaviour of a session in it.
struct Workspace {
  git::Repository repository;
  std::vector<git::ConfigValue> git_config;
  Platform platform;
  std::optional<Stack> stack;
  config::SessionConfig config;
  std::string state_directory;              // name at the top of the work tree: ".claude"
  bool state_directory_configured = false;  // by --state-dir or session.state-dir

  // The running platform, else the platform of this state directory.
  [[nodiscard]] Platform platform_of_state() const;
  [[nodiscard]] std::string state_path(
      std::string_view name) const;           // absolute, in the state directory
  [[nodiscard]] RepoPath state_file() const;  // STATE.md, relative to the top
  [[nodiscard]] std::string own_path(
      std::string_view name) const;  // absolute, in git-session/ of the git directory
};
[[nodiscard]] Workspace open_workspace(
    const std::optional<std::string>& state_dir_option = std::nullopt);

// Files that the program keeps for a session and that are never its work (docs/formats.md, "Where
// things are").

inline constexpr const char* kSessionsFile = ".orchestrator/metrics/sessions.jsonl";

// STATE.md, plan, scope and handovers in that state directory.
[[nodiscard]] bool is_session_record(const RepoPath& path, std::string_view state_directory);
// Written by all sessions of the tree (metrics, local issues): part of each claim, never contested.
[[nodiscard]] bool is_shared_record(const RepoPath& path);

// A file that close itself maintains: committed with the records or (scope and plan file) removed,
// and never part of the session's work.
[[nodiscard]] bool is_record(const Workspace& workspace, const RepoPath& path);
// The records that may be committed: sessions.jsonl, STATE.md and local issue files
// (docs/formats.md, "Records").
[[nodiscard]] bool is_committed_record(const Workspace& workspace, const RepoPath& path);

}  // namespace gs::session
