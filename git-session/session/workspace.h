#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/repo_path.h"
#include "config/session_config.h"
#include "git/config/values.h"
#include "git/repository.h"
#include "session/home.h"
#include "session/selection.h"
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
  Home home;  // of the session, else of the next one
  // Where new sessions are opened; the home of an open one may be the other.
  bool tracked_by_default = false;
  FilePlace state_directory;      // the session's; without one, a directory without a STATE.md
  std::string tracked_directory;  // name at the top of the work tree: ".claude"
  // The open sessions of this branch, if nothing decides for one of them.
  std::vector<FoundState> equal_sessions;
  std::string missing_session;    // what GIT_SESSION or --session names, if it is not open
  std::string near_session = {};  // the open one that may be meant by that; "" for none
  std::vector<FoundState> paused_sessions = {};  // of this work tree, the last one first

  // The running platform, else the platform of this state directory.
  [[nodiscard]] Platform platform_of_state() const;
  [[nodiscard]] FilePlace state_file() const;  // STATE.md
  [[nodiscard]] std::string own_path(
      std::string_view name) const;  // absolute, in git-session/ of the git directory
};
[[nodiscard]] Workspace open_workspace(const Selection& selection = {});
// For that session, whatever the environment says. Throws if it is not open any more.
[[nodiscard]] Workspace open_workspace(const FoundState& found);
// As far as it can be read, for who looks for what is wrong: what killed processes have left stays,
// and where the configuration or the selection cannot be read, the error is added to `problems` and
// the defaults count.
[[nodiscard]] Workspace look_at_workspace(git::Repository repository, const Selection& selection,
                                          std::vector<Error>& problems);

// Refuses where several sessions are open and nothing decides for one of them.
void require_one_session(const Workspace& workspace);

// The paused sessions of the checked-out branch, the last one first; the workspace's own alone if
// it is one of them.
[[nodiscard]] std::vector<FoundState> paused_here(const Workspace& workspace);
// "git session resume"; of several, with the last one's id.
[[nodiscard]] std::string resume_command(const std::vector<FoundState>& paused);
// "'git session resume' continues it", likewise.
[[nodiscard]] std::string resume_hint(const std::vector<FoundState>& paused);

// Files that the program keeps for a session and that are never its work (docs/formats.md, "Where
// things are").

// STATE.md, plan, scope and handovers in that state directory.
[[nodiscard]] bool is_session_record(const RepoPath& path, const FilePlace& state_directory);
// Written by all tracked sessions of the tree (metrics, local issues): part of each claim, never
// contested.
[[nodiscard]] bool is_shared_record(const RepoPath& path);

// A file that close itself maintains: committed with the records or (scope and plan file) removed,
// and never part of the session's work.
[[nodiscard]] bool is_record(const Workspace& workspace, const RepoPath& path);
// The records that may be committed: sessions.jsonl, STATE.md and local issue files
// (docs/formats.md, "Records").
[[nodiscard]] bool is_committed_record(const Workspace& workspace, const RepoPath& path);

}  // namespace gs::session
