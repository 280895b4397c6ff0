#pragma once

#include <optional>
#include <string>
#include <vector>

#include "git/index/index_file.h"
#include "git/repository.h"

namespace gs::git {

// A path whose entry in HEAD is not the one in the index.
struct IndexDiffEntry {
  std::string path;
  TreeEntry head;                    // not present(): added
  std::optional<std::size_t> entry;  // its place in the index; absent: removed
};

// In path order. Intent-to-add entries count as absent from the index; unmerged paths are left out.
// Reads only trees whose cached tree in the index is another.
[[nodiscard]] std::vector<IndexDiffEntry> diff_index(const Repository& repository,
                                                     const IndexFile& index);

}  // namespace gs::git
