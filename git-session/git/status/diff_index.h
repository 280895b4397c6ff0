#pragma once

#include <optional>
#include <string>
#include <vector>

#include "git/index/index_file.h"
#include "git/repository.h"

namespace gs::git {

// A path whose entries in HEAD and the index differ.
struct IndexDiffEntry {
  std::string path;
  TreeEntry head;                    // not present(): added
  std::optional<std::size_t> entry;  // its position in the index; absent: removed
};

// In path order. Intent-to-add entries count as absent from the index; unmerged paths are left out.
// Reads only trees that differ from the cached tree in the index.
[[nodiscard]] std::vector<IndexDiffEntry> diff_index(const Repository& repository,
                                                     const IndexFile& index);

}  // namespace gs::git
