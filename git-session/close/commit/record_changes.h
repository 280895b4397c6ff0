#pragma once

#include <vector>

#include "close/context.h"

namespace gs::close {

// What the records' commit does to that tree: the records as they are in the work tree, ignored
// ones left out. Where the branch has got another version since they were planned, that is merged
// in, in the work tree too; one that does not merge is named in `conflicts`.
[[nodiscard]] std::vector<git::TreeDiffEntry> record_changes(const Context& context,
                                                             const git::ObjectId& parent_tree,
                                                             std::vector<RepoPath>& conflicts);

}  // namespace gs::close
