#pragma once

#include <vector>

#include "git/config/values.h"
#include "git/repository.h"

namespace gs::git {

// The whole configuration as git sees it, read once in the life of `repository`.
[[nodiscard]] const std::vector<ConfigValue>& configuration(const Repository& repository);

}  // namespace gs::git
