#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "git/repository.h"
#include "git/status/ignore_rules.h"
#include "git/status/worktree_walk.h"

namespace gs::git {

// The rules that hold in the whole work tree: core.excludesFile and info/exclude. Absent when only
// git can find them.
[[nodiscard]] std::optional<IgnoreRules::Pointer> standard_ignores(const Repository& repository);

// Those of the paths that git's rules ignore, whether or not they are tracked
// (`git check-ignore --no-index`). Absent when git fails.
[[nodiscard]] std::optional<std::set<std::string>> ignored_by_rules(
    const Repository& repository, const std::vector<Undecided>& candidates);

}  // namespace gs::git
