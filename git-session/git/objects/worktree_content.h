#pragma once

#include <optional>
#include <string>

#include "base/repo_path.h"
#include "git/object_id.h"
#include "git/repository.h"

namespace gs::git {

// The work-tree content of a regular file in the form in which git stores it, told by its object
// id: the bytes as they are, or with LF for CRLF. Absent where a filter makes something else of it
// (Git LFS), or the file has changed.
[[nodiscard]] std::optional<std::string> worktree_content(const Repository& repository,
                                                          const RepoPath& path,
                                                          const ObjectId& stored_as);

}  // namespace gs::git
