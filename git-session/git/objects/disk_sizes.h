#pragma once

#include <cstdint>
#include <vector>

#include "git/object_id.h"
#include "git/repository.h"

namespace gs::git {

// Bytes on disk of each object: a loose one's file, else what git says
// (`git cat-file --batch-check='%(objectsize:disk)'`). 0 for one that is missing.
[[nodiscard]] std::vector<std::uint64_t> disk_sizes(const Repository& repository,
                                                    const std::vector<ObjectId>& oids);

// Whether the repository's own packs and loose objects take more than `limit` bytes.
[[nodiscard]] bool objects_take_more_than(const Repository& repository, std::uint64_t limit);

}  // namespace gs::git
