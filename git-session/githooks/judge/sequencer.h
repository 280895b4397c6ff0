#pragma once

#include "git/repository.h"

namespace gs::githooks {

// A rebase, cherry-pick, revert, merge or am goes on: the commits are copies, or somebody else's.
[[nodiscard]] bool replays_commits(const git::Repository& repository);

// The commit that was just made is what such an operation ended in. Git has removed its traces by
// the time when post-commit runs (`git cherry-pick --continue`): what is left is the commit itself,
// and what the reflog says of it.
[[nodiscard]] bool ends_a_replay(const git::Repository& repository, const git::Commit& commit);

}  // namespace gs::githooks
