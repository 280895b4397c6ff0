#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "git/index/index_file.h"
#include "git/status/ignore_rules.h"

namespace gs::git {

// A tracked path whose file differs from what the index remembers. `entry` is its position in the
// index (the first of its stages).
struct WalkedEntry {
  std::size_t entry = 0;
  FileMode mode = FileMode::None;  // of the file; None: gone
  bool content_unknown = false;    // only the file's content can tell whether it differs
};

// A path of which only git can say whether it is ignored.
struct Undecided {
  std::string path;
  IgnoreRules::Pointer rules;       // that apply in its directory
  std::size_t first = 0, last = 0;  // the index entries below it, if it is a directory
  bool is_directory = false;
  bool is_special = false;  // a FIFO, socket or device
};

struct Walked {
  bool understood = true;        // false: there is something that only git's own status can judge
  std::optional<Error> refused;  // what git's own status would not survive either
  std::vector<WalkedEntry> entries;
  std::vector<std::string> untracked;
  std::vector<std::string> nested_repositories;
  std::vector<std::string> special;  // untracked FIFOs, sockets and devices
  std::vector<Undecided> undecided;
};

// Compares the work tree with the index by lstat(2), on two threads, and finds what is untracked.
[[nodiscard]] Walked walk_worktree(const std::string& top, const IndexFile& index,
                                   const StatRules& stat_rules, IgnoreRules::Pointer everywhere);
// Untracked paths in directories of an earlier walk that git says are not ignored.
[[nodiscard]] Walked walk_untracked(const std::string& top, const IndexFile& index,
                                    const std::vector<Undecided>& directories);

}  // namespace gs::git
