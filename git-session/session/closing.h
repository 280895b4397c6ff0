#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/repo_path.h"

namespace gs::session {

// The session with an unfinished close in the worktree with this git directory, from the first line
// of its journal. "" if the journal does not say (torn, or not JSON); absent without a journal.
// Such a session counts as closing, whatever its STATE.md says.
[[nodiscard]] std::optional<std::string> closing_session(const std::string& git_dir);
// Whether that close is already writing, and no longer checks anything.
[[nodiscard]] bool close_is_writing(const std::string& git_dir);
// The files that it has written or will write: relative to the top of the work tree, absolute
// elsewhere. Empty while it is checking.
[[nodiscard]] std::vector<RepoPath> files_of_close(const std::string& git_dir);
[[nodiscard]] std::string journal_file(const std::string& git_dir);  // absolute

}  // namespace gs::session
