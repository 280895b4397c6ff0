#pragma once

#include <optional>
#include <string>
#include <vector>

#include "close/context.h"
#include "close/undo/undo.h"
#include "git/index/real_index.h"

namespace gs::close {

// The commits of the close that is to be taken back.
struct UndoneCommits {
  std::vector<MadeCommit> made;  // oldest first
  std::vector<MadeCommit> now;   // as a rebase may have made them anew since
  std::vector<git::FollowedCommit> followed;
  std::optional<git::ObjectId> target;  // what the branch named before; absent: unborn
  std::string branch;                   // "" when detached

  [[nodiscard]] bool any() const { return !made.empty(); }
  [[nodiscard]] const git::ObjectId& tip() const { return made.back().oid; }
};
// Throws a refusal if the journal does not tell how the index was before.
[[nodiscard]] UndoneCommits undone_commits(const session::Workspace& workspace,
                                           const Journal& journal, const std::string& branch);
// "git revert …", which does what an undo cannot any more.
[[nodiscard]] std::string revert_hint(const UndoneCommits& commits);

// Throws a refusal unless HEAD is the last of the commits, and nothing but they lie between it and
// the target; unless nobody else is known to have them.
void require_on_branch(const session::Workspace& workspace, const UndoneCommits& commits);
// Whether the branch has left them already.
[[nodiscard]] bool is_moved_back(const session::Workspace& workspace, const UndoneCommits& commits);
// Moves the branch back, and in the same lock the index. Throws a refusal if the branch has moved
// on.
void move_back(const session::Workspace& workspace, const UndoneCommits& commits,
               UndoResult& result);

}  // namespace gs::close
