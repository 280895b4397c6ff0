#pragma once

#include <optional>
#include <string>

namespace gs::session {

// The session whose close is unfinished in the worktree with this git directory: the first line of
// its journal. "" when the journal does not say (torn, or no JSON); absent when there is none.
// While there is one the session counts as closing, whatever its STATE.md says.
[[nodiscard]] std::optional<std::string> closing_session(const std::string& git_dir);
// Whether that close writes already: then it looks at nothing any more.
[[nodiscard]] bool close_is_writing(const std::string& git_dir);
[[nodiscard]] std::string journal_file(const std::string& git_dir);  // absolute

}  // namespace gs::session
