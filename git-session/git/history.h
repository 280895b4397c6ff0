#pragma once

#include <vector>

#include "git/repository.h"

namespace gs::git {

// Repository::commits_without for several tips in one walk.
[[nodiscard]] std::vector<ObjectId> commits_of_tips(const Repository& repository,
                                                    const std::vector<ObjectId>& tips,
                                                    const std::vector<ObjectId>& hidden,
                                                    std::size_t limit);

}  // namespace gs::git
