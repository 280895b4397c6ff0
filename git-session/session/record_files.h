#pragma once

#include <string_view>

#include "base/repo_path.h"
#include "session/workspace.h"

namespace gs::session {

// Files that the program keeps for a session, and that are never its work (docs/formats.md, "Where
// things are").

inline constexpr const char* kSessionsFile = ".orchestrator/metrics/sessions.jsonl";

// In that state directory: STATE.md, plan, scope and handovers.
[[nodiscard]] bool is_session_record(const RepoPath& path, std::string_view state_directory);
// What every session of the tree writes in turn (metrics, local issues): part of each claim, and
// never contested.
[[nodiscard]] bool is_shared_record(const RepoPath& path);

// A file that a close itself keeps: it goes into the records' commit, or (scope and plan file) is
// removed, and is never part of the session's work.
[[nodiscard]] bool is_record(const Workspace& workspace, const RepoPath& path);
// The records that a commit may hold: sessions.jsonl, STATE.md and local issue files
// (docs/formats.md, "Records").
[[nodiscard]] bool is_committed_record(const Workspace& workspace, const RepoPath& path);

}  // namespace gs::session
