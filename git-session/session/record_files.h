#pragma once

#include <string_view>

#include "base/repo_path.h"

namespace gs::session {

// Files that the program keeps for a session, and that are never its work (docs/formats.md, "Where
// things are").

// In that state directory: STATE.md, plan, scope and handovers.
[[nodiscard]] bool is_session_record(const RepoPath& path, std::string_view state_directory);
// What every session of the tree writes in turn (metrics, local issues): part of each claim, and
// never contested.
[[nodiscard]] bool is_shared_record(const RepoPath& path);

}  // namespace gs::session
