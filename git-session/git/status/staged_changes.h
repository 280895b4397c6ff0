#pragma once

#include <vector>

#include "git/repository.h"

namespace gs::git {

// HEAD's tree against the index that git would commit: GIT_INDEX_FILE, which a hook receives, else
// the repository's own. A rename is a deletion and an addition; unmerged and intent-to-add entries
// are left out. Path order. Nothing is refreshed or written.
[[nodiscard]] std::vector<TreeDiffEntry> staged_changes(const Repository& repository);

}  // namespace gs::git
