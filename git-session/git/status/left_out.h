#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>
#include <vector>

#include "base/repo_path.h"
#include "git/repository.h"

namespace gs::git {

// What cannot be recorded as it is in the work tree.
struct LeftOut {
  enum class Kind {
    Special,     // a FIFO, socket or device
    Unreadable,  // a file, or a directory: then nobody knows which files it holds
    Name,        // git takes no such path into an index
  };
  RepoPath path;
  Kind kind = Kind::Special;
  bool tracked = false;  // and so neither unchanged nor deleted: its content is unknown
  std::string reason;    // "is a FIFO", "replaced by a socket", "unreadable: Permission denied"
};

// "a FIFO", "a socket", "a device"; absent for what git can record, and for directories.
[[nodiscard]] std::optional<std::string> special_file(const struct stat& status);
[[nodiscard]] std::string unreadable_reason(int error_number);

// An untracked FIFO and the like; absent when it is gone.
[[nodiscard]] std::optional<LeftOut> untracked_special(const Repository& repository,
                                                       const RepoPath& path);
// Why a tracked path that differs from the index is no change: something that git cannot record
// stands in its place, or in that of a directory above, or it cannot be looked at.
[[nodiscard]] std::optional<LeftOut> tracked_left_out(const Repository& repository,
                                                      const RepoPath& path);
// What git's own status does not report: untracked special files that are not ignored, directories
// that cannot be read, and the tracked files in them that cannot be looked at.
[[nodiscard]] std::vector<LeftOut> find_left_out(const Repository& repository);

// By path; of several with one path the tracked one.
void sort_left_out(std::vector<LeftOut>& left_out);
// "'a', 'b' and 3 more are left out: unreadable: Permission denied": a line for each reason.
[[nodiscard]] std::vector<std::string> describe(const std::vector<LeftOut>& left_out);

}  // namespace gs::git
