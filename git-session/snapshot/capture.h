#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/repo_path.h"
#include "git/object_id.h"
#include "git/repository.h"
#include "git/scan.h"

namespace gs::snapshot {

struct Counts {
  std::size_t staged = 0, unstaged = 0, untracked = 0,
              deleted = 0;  // deleted: in the work tree, of the unstaged
};

struct Skipped {
  RepoPath path;
  std::string reason;  // "larger than 50 MiB", "nested repository", "not a regular file"
};

// The dirty tree as objects in stash format (docs/formats.md, "Snapshots"); no ref points at it
// yet.
struct Capture {
  git::ObjectId commit;
  git::ObjectId worktree_tree;
  git::ObjectId index_tree;
  std::optional<git::ObjectId> untracked_tree;
  std::optional<git::ObjectId>
      head;  // absent: unborn; the stash's base is then a commit of the empty tree
  Counts counts;
  std::vector<Skipped> skipped;
};

struct CaptureOptions {
  std::string message;  // of the stash commit
  std::uint64_t largest_untracked =
      50U << 20U;  // bytes; bigger untracked files are left out and reported
  Timestamp time;
};

// Stores the objects; tree, index, stash and refs stay untouched. Absent when nothing is dirty.
// Throws on an unmerged index and on a required filter that fails.
[[nodiscard]] std::optional<Capture> capture(const git::Repository& repository,
                                             const git::Scan& scan, const CaptureOptions& options);

}  // namespace gs::snapshot
