#pragma once

#include <string>
#include <vector>

#include "workflow/overview.h"

namespace gs::cli {

// What `status` names on a line: a file, a directory without a tracked file, or a rename.
struct FileEntry {
  char letter;            // as in `git status --short`
  std::string path;       // as one types it, quoted as git does; a directory ends in '/'
  std::string from = {};  // of a rename

  // At most `room` columns wide, if the path can be shortened to that.
  [[nodiscard]] std::string text(std::size_t room) const;
};

// `prefix`: the directory that paths are relative to (git::relative_path).
[[nodiscard]] FileEntry entry_of(const workflow::Overview& overview,
                                 const session::OwnedChange& file, const std::string& prefix);
// The same for several, with the renames among them and what is folded into a directory as one.
[[nodiscard]] std::vector<FileEntry> entries_of(
    const workflow::Overview& overview, const std::vector<const session::OwnedChange*>& files,
    const std::string& prefix);

}  // namespace gs::cli
