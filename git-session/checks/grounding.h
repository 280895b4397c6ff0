#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/repo_path.h"
#include "session/plan.h"

namespace gs::checks {

struct Grounding {
  std::size_t planned = 0;             // number of planned patterns
  std::vector<RepoPath> touched;       // changed files that match a planned pattern
  std::vector<RepoPath> unplanned;     // changed files that match none, without the expected ones
  std::vector<std::string> untouched;  // planned patterns without a changed file
  std::optional<double>
      coverage;  // share of planned patterns with a change, 0 to 1; absent when nothing was planned
};
// Expected although unplanned: tests beside (or mirroring) a touched source, lock and generated
// files, state directories. Dropped items do not count as planned.
[[nodiscard]] Grounding check_grounding(const session::Plan& plan,
                                        const std::vector<RepoPath>& changed);
[[nodiscard]] bool is_generated(
    std::string_view path);  // lock files, build output, minified and generated sources

}  // namespace gs::checks
