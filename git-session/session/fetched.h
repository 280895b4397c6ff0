#pragma once

#include <optional>
#include <set>
#include <vector>

#include "base/repo_path.h"
#include "git/object_id.h"
#include "git/repository.h"
#include "session/changes.h"

namespace gs::session {

// Commits since a session's start that a pull, merge or rebase has brought: a remote-tracking
// branch has them, and HEAD's reflog does not say that they were made here. They are no work
// here.
struct Fetched {
  std::set<git::ObjectId> commits;
  // What the session's own commits have touched, if both are intertwined.
  std::set<RepoPath> own_paths;
};

// Moves `base` up to what was fetched where that is below everything of the session's own (a pull,
// a rebase). The answer is what is left above it, as where own commits were pushed before others
// came.
[[nodiscard]] Fetched leave_out_fetched(const git::Repository& repository,
                                        std::optional<git::ObjectId>& base);

// Without what only fetched commits have changed; of a file that is changed here too, HEAD's
// version is what it began with.
void leave_out_fetched(const Fetched& fetched, std::vector<Change>& changes);

}  // namespace gs::session
