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
// What gc drops; pure. Snapshots of protected sessions (raw ids, or mapped ones if the raw one is
// unknown) are never deleted.
[[nodiscard]] std::vector<Judged> judge(const std::vector<Snapshot>& snapshots,
                                        const git::Expiry& expiry,
                                        const std::set<std::string>& protected_sessions,
                                        Timestamp now);

struct GcResult {
  std::size_t scanned = 0, deleted = 0, kept = 0, protected_count = 0;
  std::vector<Judged> judged;
  // Unreadable sessions (then nothing is deleted), or refs that could not be deleted.
  std::vector<std::string> errors;
  std::vector<std::string> failed;   // refs that could not be deleted
  std::vector<std::string> ignored;  // refs with an unexpected name
  // Also deleted: baselines and noted learnings of ended sessions, and leftovers of a killed close;
  // relative to the git directory, absolute for other worktrees.
  std::vector<std::string> stale;
};
// Deletes the expired snapshots in one ref transaction, but never those of a session that is
// active, paused or closing in any worktree, and none at all if any STATE.md cannot be read. With
// `dry_run` nothing is deleted, and `deleted` counts what would be.
[[nodiscard]] GcResult collect(const session::Workspace& workspace, const git::Expiry& expiry,
                               Timestamp now, bool dry_run);

}  // namespace gs::snapshot
