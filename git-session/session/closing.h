#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/repo_path.h"

namespace gs::session {

// The session whose close is unfinished in the worktree with this git directory: the first line of
// its journal. "" when the journal does not say (torn, or no JSON); absent when there is none.
// While there is one the session counts as closing, whatever its STATE.md says.
[[nodiscard]] std::optional<std::string> closing_session(const std::string& git_dir);
// Whether that close writes already: then it looks at nothing any more.
[[nodiscard]] bool close_is_writing(const std::string& git_dir);
// The files that it has still to write, or wrote: paths relative to the top of the work tree, those
// elsewhere absolute. Empty while it looks.
[[nodiscard]] std::vector<RepoPath> files_of_close(const std::string& git_dir);
[[nodiscard]] std::string journal_file(const std::string& git_dir);  // absolute

}  // namespace gs::session
