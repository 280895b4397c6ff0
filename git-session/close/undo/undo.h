#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "close/context.h"
#include "session/workspace.h"

namespace gs::close {

struct UndoRequest {
  std::string session;  // an id or a name, that of the last close; "": whatever it was
  bool dry_run = false;
};
// What stays in a tracker on a host.
struct FiledIssue {
  std::string action;     // create, comment, close
  std::string reference;  // "#12"
  std::string title;
  std::string url;  // "" if it is not known
};
struct UndoResult {
  std::string session;
  std::string title;                    // "" if it has none
  std::string branch;                   // "" when detached
  std::vector<MadeCommit> commits;      // taken off the branch, oldest first
  std::optional<git::ObjectId> tip;     // the last of them
  std::optional<git::ObjectId> target;  // what the branch is back at; absent: unborn, or no commits
  std::size_t index_entries = 0;        // put back
  std::vector<RepoPath> staged;         // staged otherwise since: left as they are
  std::vector<FilePlace> files;         // put back
  std::vector<FilePlace> left;          // changed since: not touched
  std::vector<std::string> snapshots;   // that are back, by ref
  std::vector<FiledIssue> filed;        // not taken back
  std::vector<std::string> warnings;
};
// Takes the last close of this worktree back: branch, index, records, local issues, snapshots; the
// session is open again. Of the work tree it touches only what the close itself has written.
// Throws a refusal, which says what remains to be done, once the commits are elsewhere or something
// else builds on them. An undo that was killed is finished.
[[nodiscard]] UndoResult undo(const session::Workspace& workspace, const UndoRequest& request,
                              const Clock& clock);

}  // namespace gs::close
