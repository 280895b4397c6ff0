#pragma once

#include <sys/stat.h>

#include "git/index/index_file.h"

namespace gs::git {

// How git compares a file with what the index remembers of it (git-config(1), "core.*").
struct StatRules {
  bool trust_mode = true;    // core.fileMode
  bool has_symlinks = true;  // core.symlinks
  bool trust_ctime = true;   // core.trustctime
  bool check_all = true;     // core.checkStat is not "minimal"
  bool sparse_checkout = false;
};

enum class StatMatch {
  Same,
  Differs,
  ContentKnows,  // the file was touched, or so late that its time says nothing
};

// As git's ie_match_stat, for a stage 0 entry that is no gitlink, and a status that is no
// directory's. `index_time` is when the index was written.
[[nodiscard]] StatMatch match_stat(const IndexEntry& entry, const struct stat& status,
                                   const StatRules& rules, const timespec& index_time);

// The mode that git records for the file (its ce_mode_from_stat).
[[nodiscard]] FileMode mode_of(const IndexEntry& entry, const struct stat& status,
                               const StatRules& rules);

}  // namespace gs::git
