#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "git/repository.h"

namespace gs::git {

// The bytes of a blob as a new file, however large it is; synced later (sync_files).
void write_blob_to_file(const Repository& repository, const ObjectId& blob, const std::string& file,
                        unsigned mode);

// What git's checkout writes for stored files (line endings, filters), stored as blobs of their
// own, in the same order. `attributes`: the content of the .gitattributes of that path, absent if
// there is none. Throws where a required filter fails.
[[nodiscard]] std::vector<ObjectId> store_checked_out(
    const Repository& repository, const std::vector<NamedTreeEntry>& files,
    const std::function<std::optional<std::string>(const RepoPath&)>& attributes);

}  // namespace gs::git
