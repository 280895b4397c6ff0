#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
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
  bool over_budget = false;  // to be deleted only because of snapshot-max-total
};
// What gc drops; pure. Snapshots of protected sessions (raw ids, or mapped ones if the raw one is
// unknown) are never deleted.
[[nodiscard]] std::vector<Judged> judge(const std::vector<Snapshot>& snapshots,
                                        const git::Expiry& expiry,
                                        const std::set<std::string>& protected_sessions,
                                        Timestamp now);

// Raw ids of the sessions whose data must not be deleted: active, paused or closing in any
// worktree. If one cannot be read, `problems` says so and every snapshot's session counts.
[[nodiscard]] std::set<std::string> protected_sessions(const git::Repository& repository,
                                                       const std::vector<Snapshot>& snapshots,
                                                       std::vector<std::string>& problems);

// Against `snapshot-max-total`.
struct Budget {
  std::uint64_t limit = 0;  // bytes
  std::uint64_t held = 0;   // by what is kept
  // If that is more: the largest whose deletion would help, at most three.
  std::vector<std::pair<Snapshot, std::uint64_t>> largest = {};
};
// Judges the oldest of the kept snapshots that the program took by itself as Delete until the rest
// fits into the limit. Never a person's, one of a pause, a protected one or the ref `spared` ("":
// none).
[[nodiscard]] Budget apply_budget(const git::Repository& repository, std::vector<Judged>& judged,
                                  std::uint64_t limit, const std::string& spared);

struct GcResult {
  std::size_t scanned = 0, deleted = 0, kept = 0, protected_count = 0;
  std::vector<Judged> judged;
  // Unreadable sessions (then nothing is deleted), or refs that could not be deleted.
  std::vector<std::string> errors;
  std::vector<std::string> failed;   // refs that could not be deleted
  std::vector<std::string> ignored;  // refs with an unexpected name
  // Also deleted: baselines and noted learnings of ended sessions, what the last close keeps for
  // its undo, and leftovers of a killed close;
  // relative to the git directory, absolute for other worktrees.
  std::vector<std::string> stale;
  Budget budget;
};
// Deletes the expired snapshots, and those above the budget, in one ref transaction, but never
// those of a session that is active, paused or closing in any worktree, and none at all if any
// STATE.md cannot be read. With `dry_run` nothing is deleted, and `deleted` counts what would be.
[[nodiscard]] GcResult collect(const session::Workspace& workspace, const git::Expiry& expiry,
                               Timestamp now, bool dry_run);

// After a snapshot was taken: drops what `apply_budget` says, if all of them hold too much, but
// never the new one. For people, one a line: what was dropped, what failed, and what would free
// more; never throws, since the snapshot is there.
[[nodiscard]] std::vector<std::string> keep_to_budget(const session::Workspace& workspace,
                                                      const SaveResult& taken, Timestamp now);
// "snapshots hold 2.1 GiB, more than …"; absent within the limit.
[[nodiscard]] std::optional<std::string> describe_excess(const Budget& budget);

}  // namespace gs::snapshot
