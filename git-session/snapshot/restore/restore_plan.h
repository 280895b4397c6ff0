#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "git/repository.h"
#include "git/status/status.h"
#include "snapshot/restore/file_steps.h"
#include "snapshot/restore/index_steps.h"
#include "snapshot/store.h"

namespace gs::snapshot {

// Whose an uncommitted change is, for one that restores.
struct Standing {
  bool others = false;  // another session's, or foreign: never touched without `force`
  bool own = false;     // reverted where it was clean when the snapshot was taken
  std::string reason;   // one line
};

using Standings = std::map<RepoPath, Standing>;  // of uncommitted changes

// The files, and the index entries, that alone are concerned.
struct Exactly {
  std::set<RepoPath> files;
  std::set<RepoPath> index;
  bool taken_out = false;  // what is there is saved, and goes; else it may not have changed
};

struct RestoreRequest {
  // Files and directories ("": the top); empty: everything, with the index.
  std::vector<RepoPath> paths;
  bool force = false;  // also what is in the way, and others' changes
  bool merge = false;  // carry what HEAD has changed since into it
  std::optional<Exactly> exactly = {};
  std::function<Standings(const git::Status&)> standings = [](const git::Status&) {
    return Standings();
  };
  // The program's own files, which are restored only by name.
  std::function<bool(const RepoPath&)> is_record = [](const RepoPath&) { return false; };
};

struct Reason {
  RepoPath path;
  std::string why;
  bool mergeable =
      false;  // HEAD has changed it since the snapshot's base: a merge can combine them
};

struct RestorePlan {
  std::vector<FileStep> files;
  std::vector<IndexStep> index;
  std::vector<Reason> in_the_way;   // if any, nothing is written
  std::vector<Reason> left;         // stays as it is
  std::vector<Reason> overwritten;  // others' changes, by `force`
  std::vector<RepoPath> conflicts;  // of `merge`: with markers, unmerged in the index
  std::vector<RepoPath>
      unsaved;  // overwritten files that a snapshot would leave out (ignored ones)

  [[nodiscard]] bool empty() const { return files.empty() && index.empty(); }
};

// What `snapshot restore` would do. Stores blobs; work tree, index and refs stay untouched. Throws
// if the snapshot has nothing at one of the paths. `scan`: of the work tree as it is.
[[nodiscard]] RestorePlan plan_restore(const git::Repository& repository, const git::Status& scan,
                                       const Snapshot& snapshot, const RestoreRequest& request);

}  // namespace gs::snapshot
