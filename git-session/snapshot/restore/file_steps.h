#pragma once

#include <optional>
#include <string>
#include <vector>

#include "git/repository.h"

namespace gs::snapshot {

// A path of the work tree, from what it has to what it gets: bytes as they are in the file, which
// the object store has as blobs; links by their target; not present(): nothing.
struct FileStep {
  RepoPath path;
  git::TreeEntry before;
  git::TreeEntry after;
  // Of the file if it has to be made anew; absent: the umask's.
  std::optional<unsigned> permissions = {};
};

enum class Direction { Forward, Back };

// Takes the steps. One that is at its end already counts as taken, so that what a kill has cut off
// can be finished or taken back. A path that is neither at its start nor at its end has moved under
// us: it stays as it is. All content is written beside before anything is changed, so that a full
// disk is found in time; a path is replaced by a rename that gives back what was there, never half
// written. `scratch`: a directory of ours in the git directory.
// Returns the paths that stay. Throws on the first failure; what was done until then stays.
[[nodiscard]] std::vector<RepoPath> take_steps(const git::Repository& repository,
                                               const std::string& scratch,
                                               const std::vector<FileStep>& steps,
                                               Direction direction);

}  // namespace gs::snapshot
