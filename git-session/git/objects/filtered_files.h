#pragma once

#include <optional>
#include <vector>

#include "base/repo_path.h"
#include "git/object_id.h"
#include "git/repository.h"

namespace gs::git {

enum class Storing { Store, HashOnly };

// Object ids of regular files after git's own conversions; absent for one that went away. As `git
// add`, which looks at the index too: a file with carriage returns there keeps them under automatic
// line endings, and an attributes file that the work tree lacks counts.
[[nodiscard]] std::vector<std::optional<ObjectId>> convert_with_git(
    const Repository& repository, const std::vector<RepoPath>& paths, Storing storing);

}  // namespace gs::git
