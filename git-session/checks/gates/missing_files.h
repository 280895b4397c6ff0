#pragma once

#include <string_view>
#include <vector>

#include "base/repo_path.h"

namespace gs::checks {

// Those of the paths that a command's output names: as a whole, by their last segment, or, of
// sources, as a module ("local_settings" for local_settings.py). In the order given.
[[nodiscard]] std::vector<RepoPath> named_in(std::string_view output,
                                             const std::vector<RepoPath>& paths);

}  // namespace gs::checks
