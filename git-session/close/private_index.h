#pragma once

#include <optional>
#include <string>
#include <vector>

#include "close/context.h"
#include "git/staging.h"

namespace gs::close {

// The close's own index file, in its journal's directory.
[[nodiscard]] std::string private_index(const Context& context);

// Fills it with HEAD's tree and these changes, and compares: the answer names every path that
// differs from HEAD and should not, or should and does not; empty when the index is exactly right.
[[nodiscard]] std::vector<RepoPath> fill_private_index(
    const Context& context, const std::vector<git::IndexChange>& changes);

// What the records' commit changes, from the records as they are now; ignored ones left out.
[[nodiscard]] std::vector<git::IndexChange> record_changes(const Context& context);

// Entries of the repository's own index that a commit makes stale, as they shall be: HEAD's new
// content where nothing else was staged, otherwise what was staged, carried over to the new content
// where that merges cleanly.
[[nodiscard]] std::vector<git::IndexChange> follow_commit(
    const git::Repository& repository, const std::optional<git::ObjectId>& parent,
    const git::ObjectId& commit);

}  // namespace gs::close
