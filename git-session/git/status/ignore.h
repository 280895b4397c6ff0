#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/repo_path.h"
#include "git/repository.h"

namespace gs::git {

// Those of the paths that git ignores; tracked ones never are (`git check-ignore`).
[[nodiscard]] std::set<RepoPath> ignored_paths(const Repository& repository,
                                               const std::vector<RepoPath>& paths);
// Makes git ignore what matches, in this clone only (info/exclude); once.
void exclude_locally(const Repository& repository, const std::string& pattern);

}  // namespace gs::git
