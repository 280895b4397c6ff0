#pragma once

#include <set>
#include <string>

#include "base/repo_path.h"
#include "git/command.h"
#include "git/repository.h"

namespace gs::git {

// Marks the entries of the index file `to` that are skip-worktree or assume-unchanged in `from`.
// Git clears those marks whenever an entry gets other content. `options`: for commands on `to`.
void keep_index_flags(const GitCommand& git, const std::string& from, const std::string& to,
                      const ProcessOptions& options);

// Entries of the repository's own index whose content counts, whether or not there is a file.
[[nodiscard]] std::set<RepoPath> skip_worktree_paths(const Repository& repository);

}  // namespace gs::git
