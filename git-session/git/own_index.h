#pragma once

#include <string>
#include <vector>

#include "git/repository.h"
#include "git/staging.h"

namespace gs::git {

// As apply_to_index on the repository's own index, but so that a kill at any moment leaves a whole
// index and no lock that nobody could tell from another program's: index.lock is a hard link of a
// file in `scratch` (a directory of this program's in the git directory, used by one process at a
// time), and the new index is made there before it is renamed into place.
void apply_to_own_index(const Repository& repository, const std::string& scratch,
                        const std::vector<IndexChange>& changes);

// Removes the lock that a killed apply_to_own_index left.
void unlock_own_index(const Repository& repository, const std::string& scratch);

}  // namespace gs::git
