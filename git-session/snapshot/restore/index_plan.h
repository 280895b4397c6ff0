#pragma once

#include <set>
#include <vector>

#include "git/status/status.h"
#include "snapshot/restore/stored_files.h"

namespace gs::snapshot {

// Paths of which the index may have to change: staged then or now, unmerged, intended to be added.
[[nodiscard]] std::set<RepoPath> paths_in_index(const git::Repository& repository,
                                                const StoredFiles& stored,
                                                const git::Status& status);

// What the index gets at a path: what the snapshot has; where HEAD has another version by now than
// the snapshot's base, and `carries_head`, that version with what was staged merged into it, if it
// merges.
[[nodiscard]] std::vector<git::StagedEntry> entries_for(const git::Repository& repository,
                                                        const StoredFiles& stored,
                                                        const git::ObjectId& head_tree,
                                                        bool carries_head, const RepoPath& path);

}  // namespace gs::snapshot
