#pragma once

#include <optional>
#include <string>
#include <vector>

#include "snapshot/restore/journal.h"
#include "snapshot/restore/restore_plan.h"

namespace gs::snapshot {

struct RestoreResult {
  RestorePlan plan;
  std::optional<SaveResult> saved;  // what was there before; absent if nothing was to be changed
  std::vector<RepoPath> moved;      // changed under us, and stay as they are
};

// Brings a snapshot back. Nothing is written if something is in the way, or with `dry_run`; before
// the first write, what is there is saved as `safety` says. After a failure in the middle
// everything is put back; a kill leaves a journal, by which it is finished or taken back.
[[nodiscard]] RestoreResult restore(const git::Repository& repository, const Snapshot& snapshot,
                                    const RestoreRequest& request, SaveRequest safety,
                                    bool dry_run);

[[nodiscard]] std::optional<CutOffRestore> cut_off_restore(const git::Repository& repository);
// Finishes it, or takes it back; refuses what another command has to finish. Paths that changed
// since stay, and are returned.
struct ResumedRestore {
  CutOffRestore what;
  std::vector<RepoPath> moved;
};
[[nodiscard]] ResumedRestore resume_restore(const git::Repository& repository, Direction direction);

}  // namespace gs::snapshot
