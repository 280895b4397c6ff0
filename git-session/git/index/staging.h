#pragma once

#include <string>
#include <vector>

#include "base/repo_path.h"
#include "git/object_id.h"
#include "git/repository.h"

namespace gs::git {

struct IndexChange {
  RepoPath path;
  TreeEntry entry;  // not present(): removed, with all of its stages; without an object id: an
                    // intent to add (only for RealIndex)
  int stage = 0;    // 1 to 3: of an unmerged path
};

// Writes to index files through git (`read-tree`, `update-index --index-info`), with literal paths,
// removals first. `index_file` is absolute; "" is the repository's own index.
void read_tree_into_index(const Repository& repository, const std::string& index_file,
                          const std::string& treeish);
void apply_to_index(const Repository& repository, const std::string& index_file,
                    const std::vector<IndexChange>& changes);
// Copies an index file with its time, by which git detects entries that may have changed right
// after they were added. Does nothing if there is no such file.
void copy_index(const std::string& from, const std::string& to);
// Input for `git update-index -z --index-info`.
[[nodiscard]] std::string index_info(const std::vector<IndexChange>& changes);
[[nodiscard]] ObjectId write_index_tree(const Repository& repository,
                                        const std::string& index_file);
// Entries of the paths in the repository's own index, in the order given (not present(): not in the
// index).
[[nodiscard]] std::vector<TreeEntry> index_entries(const Repository& repository,
                                                   const std::vector<RepoPath>& paths);

// Notes the files' times in entries that have none yet, as a write by `update-index --index-info`
// leaves them: `git diff-index` would report them as changed. Nothing depends on it, and a process
// that holds the index now does it itself.
void refresh_entries(const Repository& repository, const std::vector<RepoPath>& paths);

// Compares HEAD's tree with the index that git would commit: GIT_INDEX_FILE, which a hook receives,
// else the repository's own. A rename is a deletion and an addition; unmerged and intent-to-add
// entries are left out. In path order. Nothing is refreshed or written.
[[nodiscard]] std::vector<TreeDiffEntry> staged_changes(const Repository& repository);

}  // namespace gs::git
