#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/repo_path.h"
#include "git/object_id.h"
#include "git/repository.h"
#include "git/status/left_out.h"

namespace gs::git {

// Stores the work-tree content of paths as `git add` would (clean filters: line endings, ident,
// encodings, external drivers such as LFS), and returns mode and object id in the same order;
// absent if nothing storable is there (missing, a directory, a socket). Symlinks are stored as
// their target, gitlinks as the commit checked out in them. Plain content is stored in the process;
// paths with a filter go to `git hash-object -w --path`. core.safecrlf never stops it. The
// executable bit comes from `tracked_mode` if core.fileMode is off.
struct WorktreeFile {
  RepoPath path;
  FileMode tracked_mode = FileMode::None;  // of HEAD or the index, None when untracked
};
[[nodiscard]] std::vector<std::optional<TreeEntry>> store_worktree_files(
    const Repository& repository, const std::vector<WorktreeFile>& files);
// The same object ids without storing anything.
[[nodiscard]] std::vector<std::optional<TreeEntry>> hash_worktree_files(
    const Repository& repository, const std::vector<WorktreeFile>& files);

// As above, but what cannot be recorded is not an error: it has no entry, and `left_out` says why.
// With neither, the path is missing or a directory.
struct ReadFiles {
  std::vector<std::optional<TreeEntry>> entries;
  std::vector<std::optional<LeftOut>> left_out;  // in the same order
  std::vector<bool> converted;                   // likewise: git has converted the content
};
[[nodiscard]] ReadFiles store_readable_files(const Repository& repository,
                                             const std::vector<WorktreeFile>& files);
[[nodiscard]] ReadFiles hash_readable_files(const Repository& repository,
                                            const std::vector<WorktreeFile>& files);

// Files as they are, byte for byte, whatever git would make of them.
[[nodiscard]] ReadFiles store_raw_files(const Repository& repository,
                                        const std::vector<WorktreeFile>& files);
[[nodiscard]] ReadFiles hash_raw_files(const Repository& repository,
                                       const std::vector<WorktreeFile>& files);

// The work-tree content of a regular file in the form that git stores, verified by its object id:
// the bytes as they are, or with LF for CRLF. Absent if a filter changes it otherwise (Git LFS), or
// the file has changed.
[[nodiscard]] std::optional<std::string> worktree_content(const Repository& repository,
                                                          const RepoPath& path,
                                                          const ObjectId& stored_as);

}  // namespace gs::git
