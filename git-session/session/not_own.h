#pragma once

#include <optional>
#include <set>
#include <vector>

#include "base/repo_path.h"
#include "git/object_id.h"
#include "git/repository.h"
#include "session/changes.h"
#include "session/pauses.h"

namespace gs::session {

// Commits since a session's start that are not its work: what a pull, merge or rebase has brought
// (a remote-tracking branch has them, and HEAD's reflog does not say that they were made here), and
// those that were made while it was paused.
struct NotOwn {
  std::set<git::ObjectId> commits;
  // What the session's own commits have touched, if both are intertwined.
  std::set<RepoPath> own_paths;
  std::size_t while_paused = 0;  // how many were made during pauses, also those below `base` now
};

// Moves `base` up to what is not its own where that is below everything of the session's own (a
// pull, a rebase). The answer is what is left above it, as where own commits were pushed before
// others came. `is_paused`: so that the last pause is still open.
[[nodiscard]] NotOwn find_not_own(const git::Repository& repository,
                                  std::optional<git::ObjectId>& base, const Pauses& pauses,
                                  bool is_paused);

// Without what only such commits have changed; of a file that is changed here too, HEAD's version
// is what it began with.
void leave_out(const NotOwn& not_own, std::vector<Change>& changes);

}  // namespace gs::session
