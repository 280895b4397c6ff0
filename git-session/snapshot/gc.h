#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "git/expiry.h"
#include "session/workspace.h"
#include "snapshot/store.h"

namespace gs::snapshot {

enum class Verdict { Delete, Keep, Protect };
struct Judged {
  Snapshot snapshot;
  Verdict verdict;
  double age_days;
};
// Pure: what gc drops. A snapshot of a protected session (raw ids, or mapped where the raw one is
// unknown) is never deleted.
[[nodiscard]] std::vector<Judged> judge(const std::vector<Snapshot>& snapshots,
                                        const git::Expiry& expiry,
                                        const std::set<std::string>& protected_sessions,
                                        Timestamp now);

struct GcResult {
  std::size_t scanned = 0, deleted = 0, kept = 0, protected_count = 0;
  std::vector<Judged> judged;
  // A session that cannot be read: nothing is deleted then. Or a ref that could not be deleted.
  std::vector<std::string> errors;
  std::vector<std::string> failed;   // refs that could not be deleted
  std::vector<std::string> ignored;  // refs with an unexpected name
  // Baselines and noted learnings of ended sessions, and what a killed close left, that went too:
  // relative to the git directory, absolute for those of other worktrees.
  std::vector<std::string> stale;
};
// Deletes the expired snapshots, all in one ref transaction, never those of a session that is
// active, paused or closing in any worktree; none at all while somebody's STATE.md cannot be read.
// With `dry_run` nothing is deleted and `deleted` counts
// what would be.
[[nodiscard]] GcResult collect(const session::Workspace& workspace, const git::Expiry& expiry,
                               Timestamp now, bool dry_run);

}  // namespace gs::snapshot
