#pragma once

#include <string>
#include <vector>

#include "close/context.h"
#include "snapshot/store.h"

namespace gs::close {

// What the end of a close deletes and its undo gives back: for the journal's event `closed`.
[[nodiscard]] Json what_undo_gives_back(const Context& context,
                                        const std::vector<snapshot::Snapshot>& deleted);
// Keeps from git's gc, under a ref of this worktree that replaces the last close's, what only the
// undo still needs: those snapshots, what was staged before, commits that others are in the place
// of. Nothing where the close was pushed.
void hold_for_undo(const Context& context);

// Gives them back.
struct GivenBack {
  std::vector<std::string> snapshots;  // refs
  std::vector<std::string> missing;    // whose name is taken by now, or whose commit is gone
};
[[nodiscard]] GivenBack give_back(const session::Workspace& workspace, const Journal& journal,
                                  const std::string& session);
// Deletes the ref.
void let_go(const git::Repository& repository);

}  // namespace gs::close
