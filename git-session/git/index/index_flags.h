#pragma once

#include <set>
#include <string>
#include <vector>

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

// Entries at whose files git does not look (assume-unchanged, skip-worktree), though they are there
// and may have changed: size or time are others than the index remembers. Where only git can read
// the index, every such file that is there.
struct HiddenFile {
  RepoPath path;
  TreeEntry index;
};
[[nodiscard]] std::vector<HiddenFile> hidden_files(const Repository& repository);

}  // namespace gs::git
