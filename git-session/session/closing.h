#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file/file_lock.h"
#include "base/repo_path.h"
#include "formats/json.h"

namespace gs::session {

// The session with an unfinished close in the worktree with this git directory, from the first line
// of its journal. "" if the journal does not say (torn, or not JSON); absent without a journal.
// Such a session counts as closing, whatever its STATE.md says.
[[nodiscard]] std::optional<std::string> closing_session(const std::string& git_dir);
// Whether that close is already writing, and no longer checks anything.
[[nodiscard]] bool close_is_writing(const std::string& git_dir);
// The files that it has written or will write. Empty while it is checking.
[[nodiscard]] std::vector<FilePlace> files_of_close(const std::string& git_dir);
[[nodiscard]] std::string journal_file(const std::string& git_dir);     // absolute
[[nodiscard]] std::string close_lock_file(const std::string& git_dir);  // absolute
// The journal of the last close, as long as that can be undone; absolute.
[[nodiscard]] std::string undo_journal_file(const std::string& git_dir);

// One close at a time in a worktree; whatever must not happen beside one takes it, too. Absent:
// another process holds it.
[[nodiscard]] std::optional<FileLock> try_lock_close(const std::string& git_dir, Timestamp now,
                                                     std::optional<LockHolder>* holder);

// Whether an undo of that worktree's last close has begun and is not finished.
[[nodiscard]] bool is_undo_unfinished(const std::string& git_dir);

// A place as the journal holds it: paths are bytes, which JSON cannot hold.
[[nodiscard]] Json place_to_json(const FilePlace& place);
[[nodiscard]] FilePlace place_from_json(const Json& value);

// Where the reports of closes in a worktree are saved.
[[nodiscard]] std::string reports_directory(const std::string& git_dir);
// Where the whole outputs of commands that closes have run are kept, a directory for each session.
[[nodiscard]] std::string outputs_directory(const std::string& git_dir);
// The last one of a command called `name` ("test").
[[nodiscard]] std::string output_file(const std::string& git_dir, const std::string& session,
                                      const std::string& name);

}  // namespace gs::session
