#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/repo_path.h"
#include "formats/json.h"
#include "git/object_id.h"
#include "git/repository.h"

namespace gs::session {

// A path as a field "path", or "path_hex" if it is not UTF-8, which is all that JSON holds.
// "100644 <id>"; null for nothing.
[[nodiscard]] Json entry_to_json(const git::TreeEntry& entry);
[[nodiscard]] git::TreeEntry entry_from_json(const Json& value);
// Null for none.
[[nodiscard]] Json id_to_json(const std::optional<git::ObjectId>& oid);
[[nodiscard]] std::optional<git::ObjectId> id_from_json(const Json& value);
void put_path(const RepoPath& path, Json& object);
[[nodiscard]] RepoPath get_path(const Json& object);  // throws if there is none

inline constexpr std::string_view kBaselineLabel = "baseline";  // of its snapshot

// What was dirty when the session started.
struct BaselineEntry {
  git::TreeEntry head;      // at the start
  git::TreeEntry index;     // at the start
  git::TreeEntry worktree;  // at the start; not present(): deleted
};

// Stored as JSON beside the session's STATE.md if it is private, else as
// git-session/baselines/<session>.json in the worktree's git directory; the content itself is in
// the snapshot it names.
struct Baseline {
  std::string session;
  Timestamp taken_at;
  std::optional<git::ObjectId> head;      // absent: unborn
  std::optional<git::ObjectId> snapshot;  // absent: nothing was dirty
  std::optional<git::ObjectId> scope;     // digest of the scope's file; absent: not recorded
  std::map<RepoPath, BaselineEntry> dirty;
  // Became dirty while the session's own commands ran (gates, `verify`): build output, logs.
  std::set<RepoPath> made_by_commands;
};

// The dirty entries of a snapshot commit (stash format).
[[nodiscard]] std::map<RepoPath, BaselineEntry> entries_of_snapshot(
    const git::Repository& repository, const git::ObjectId& snapshot);
// A file about a session: a private one keeps it in its directory, a tracked one below git-session/
// of the worktree's git directory.
[[nodiscard]] std::string file_of_session(const git::Repository& repository,
                                          const std::string& session,
                                          const std::string& private_name,
                                          const std::string& tracked_name);
// What `plan edit` has been given and is no plan yet: kept until it is one, or is emptied.
[[nodiscard]] std::string plan_draft_file(const git::Repository& repository,
                                          const std::string& session);
// Digest of a wave-scope.json; `text` absent: there is none.
[[nodiscard]] git::ObjectId scope_digest(const std::optional<std::string>& text);
[[nodiscard]] std::string baseline_file(const git::Repository& repository,
                                        const std::string& session);
void write_baseline(const git::Repository& repository, const Baseline& baseline);
// Adds to `made_by_commands` of the session's record, keeping what another process has added
// meanwhile.
void add_made_by_commands(const git::Repository& repository, const std::string& session,
                          const std::set<RepoPath>& paths);
// Absent if the session has none. Throws if the record is unreadable or its snapshot is gone.
[[nodiscard]] std::optional<Baseline> read_baseline(const git::Repository& repository,
                                                    const std::string& session);

// Notes of `git session learn` during the session, likewise.
[[nodiscard]] std::string noted_learnings_file(const git::Repository& repository,
                                               const std::string& session);
// Held from finding the session to writing its note, and by a close from reading the notes until
// its write plan is in the journal, so that no note is lost in between.
[[nodiscard]] FileLock lock_noted_learnings(const git::Repository& repository);

}  // namespace gs::session
