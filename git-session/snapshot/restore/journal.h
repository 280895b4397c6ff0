#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/file/file_lock.h"
#include "git/repository.h"
#include "snapshot/restore/file_steps.h"
#include "snapshot/restore/index_steps.h"

namespace gs::snapshot {

// One that was interrupted.
struct CutOffRestore {
  std::string snapshot;  // its ref, or its object id
  std::string saved;     // ref of what was there before
  // The command that finishes it, "pause" or "resume", of that session; "": a restore itself.
  std::string by = {};
  std::string session = {};
};
// "a restore was interrupted", and what finishes it.
[[nodiscard]] Error cut_off(const CutOffRestore& what);

// What is done to work tree and index, as it is kept for the case of a kill:
// git-session/restore/journal.json in the worktree's git directory.
struct RestoreJournal {
  CutOffRestore what;
  std::vector<FileStep> files;
  std::vector<IndexStep> index;
};

// Held by whoever changes work tree and index by a journal.
[[nodiscard]] FileLock lock_work_tree(const git::Repository& repository);
// Absent if nothing was interrupted.
[[nodiscard]] std::optional<RestoreJournal> read_journal(const git::Repository& repository);
// Refuses if something was interrupted, and removes what is left without a journal.
void begin_restore(const git::Repository& repository);

// Notes elsewhere, before the journal goes, that these paths are done.
using NoteDone = std::function<void(const std::set<RepoPath>& paths)>;

// Writes the journal and takes the steps. After a failure everything is put back. Returns the paths
// that have changed under us, and stay.
[[nodiscard]] std::vector<RepoPath> carry_out(const git::Repository& repository,
                                              const RestoreJournal& journal,
                                              const NoteDone& done = {});
// The same for what was interrupted, in one of the two directions.
[[nodiscard]] std::vector<RepoPath> finish_cut_off(const git::Repository& repository,
                                                   const RestoreJournal& journal,
                                                   Direction direction, const NoteDone& done = {});

}  // namespace gs::snapshot
