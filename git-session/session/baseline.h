#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/clock.h"
#include "base/repo_path.h"
#include "git/object_id.h"
#include "git/repository.h"

namespace gs::session {

// What was dirty when the session started.
struct BaselineEntry {
  git::TreeEntry head;      // at the start
  git::TreeEntry index;     // at the start
  git::TreeEntry worktree;  // at the start; not present(): it was deleted
};

// Kept as git-session/baselines/<session>.json in the worktree's git directory; the content itself
// is in the snapshot that it names.
struct Baseline {
  std::string session;
  Timestamp taken_at;
  std::optional<git::ObjectId> head;      // absent: unborn
  std::optional<git::ObjectId> snapshot;  // absent: nothing was dirty
  std::map<RepoPath, BaselineEntry> dirty;
  // What became dirty while the session's own commands ran (gates, `verify`): built files, logs.
  std::set<RepoPath> made_by_commands;
};

// Reads the dirty entries out of a snapshot commit (stash format).
[[nodiscard]] std::map<RepoPath, BaselineEntry> entries_of_snapshot(
    const git::Repository& repository, const git::ObjectId& snapshot);
[[nodiscard]] std::string baseline_file(const git::Repository& repository,
                                        const std::string& session);
void write_baseline(const git::Repository& repository, const Baseline& baseline);
// Adds to `made_by_commands` of the session's record, whatever another process has added meanwhile.
void add_made_by_commands(const git::Repository& repository, const std::string& session,
                          const std::set<RepoPath>& paths);
// Absent when the session has none. Throws when the record is unreadable or its snapshot is gone.
[[nodiscard]] std::optional<Baseline> read_baseline(const git::Repository& repository,
                                                    const std::string& session);

// What `git session learn` noted during the session: git-session/learned/<session>.jsonl in the
// worktree's git directory.
[[nodiscard]] std::string noted_learnings_file(const git::Repository& repository,
                                               const std::string& session);
// Held from finding the session to noting for it, and by a close from reading the notes to its
// journal's record of what will be written: no note comes between.
[[nodiscard]] FileLock lock_noted_learnings(const git::Repository& repository);

}  // namespace gs::session
