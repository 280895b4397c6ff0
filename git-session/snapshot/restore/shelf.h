#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "snapshot/restore/journal.h"
#include "snapshot/restore/restore_plan.h"

namespace gs::snapshot {

// Changes of a session that leave work tree and index, and come back.
struct ShelfRequest {
  std::string session;
  std::set<RepoPath> files;
  std::set<RepoPath> index;
  std::map<RepoPath, unsigned> permissions = {};  // of files that have to be made anew
  bool merge = false;                             // coming back: with what HEAD has changed since
  bool dry_run = false;
  NoteDone done = {};
};
struct ShelfResult {
  RestorePlan plan;
  std::vector<RepoPath> moved;  // changed under us, and stay as they are
};

// Gives them back as HEAD has them. What is not as `saved` has it, or cannot be given back, stays,
// and is in the plan's `left`; with `saved` null (a dry run) all is taken to be saved. A failure in
// the middle puts everything back; a kill leaves a journal.
[[nodiscard]] ShelfResult take_out(const git::Repository& repository, const Snapshot* saved,
                                   const ShelfRequest& request);
// The opposite. Nothing is written if something is in the way.
[[nodiscard]] ShelfResult bring_back(const git::Repository& repository, const Snapshot& saved,
                                     const ShelfRequest& request);

// Finishes one of the two that a kill has cut off, or takes it back. True if there was one of this
// session; throws if something else was interrupted.
[[nodiscard]] bool settle_cut_off(const git::Repository& repository, const std::string& session,
                                  bool out, const NoteDone& done);

}  // namespace gs::snapshot
