#pragma once

#include <map>
#include <vector>

#include "git/index/index_listing.h"
#include "git/index/staging.h"
#include "git/repository.h"
#include "snapshot/restore/file_steps.h"

namespace gs::snapshot {

// The entries of a path in the index, by stage; empty: none. An intent to add is an entry without
// an object id.
using StagedEntries = std::vector<git::StagedEntry>;
struct IndexStep {
  RepoPath path;
  StagedEntries before;
  StagedEntries after;
};

[[nodiscard]] bool is_same(const StagedEntries& a, const StagedEntries& b);

// What the index has of these paths.
[[nodiscard]] std::map<RepoPath, StagedEntries> staged_entries(const git::Repository& repository,
                                                               const std::vector<RepoPath>& paths);

// What is to be changed. A path of which the index has neither the one nor the other by now stays,
// and is added to `moved`.
[[nodiscard]] std::vector<git::IndexChange> index_changes(const git::Repository& repository,
                                                          const std::vector<IndexStep>& steps,
                                                          Direction direction,
                                                          std::vector<RepoPath>& moved);

}  // namespace gs::snapshot
