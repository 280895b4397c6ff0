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
    Unreadable,  // a file, or a directory, whose files are then unknown
    Name,        // git does not accept such a path into an index
    Filter,      // git cannot convert its content
  };
  RepoPath path;
  Kind kind = Kind::Special;
  bool tracked = false;  // then neither unchanged nor deleted: its content is unknown
  std::string reason;    // "is a FIFO", "replaced by a socket", "unreadable: Permission denied"
};

// "a FIFO", "a socket", "a device"; absent for what git can record, and for directories.
[[nodiscard]] std::optional<std::string> special_file(const struct stat& status);
[[nodiscard]] std::string unreadable_reason(int error_number);

// An untracked FIFO and the like; absent if it is gone.
[[nodiscard]] std::optional<LeftOut> untracked_special(const Repository& repository,
                                                       const RepoPath& path);
// Why a tracked path that differs from the index is not a change: it, or a directory above it, was
// replaced by something that git cannot record, or it cannot be checked.
[[nodiscard]] std::optional<LeftOut> tracked_left_out(const Repository& repository,
                                                      const RepoPath& path);
// What git's own status does not report: untracked special files that are not ignored, unreadable
// directories, and the tracked files in them that cannot be checked.
[[nodiscard]] std::vector<LeftOut> find_left_out(const Repository& repository);

// By path; if several have the same path, keeps the tracked one.
void sort_left_out(std::vector<LeftOut>& left_out);
// "'a', 'b' and 3 more are left out: unreadable: Permission denied": one line per reason.
[[nodiscard]] std::vector<std::string> describe(const std::vector<LeftOut>& left_out);

}  // namespace gs::git
