#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "git/objects/stored_objects.h"
#include "git/refs.h"
#include "git/repository.h"
#include "snapshot/capture.h"
#include "snapshot/names.h"

namespace gs::snapshot {

struct SaveRequest {
  std::string session;  // raw id
  long wave = 0;
  std::string label;
  std::string message;  // a paragraph below the subject; "" for none
  CaptureOptions capture = {};
  Timestamp now;
  bool any_name = false;  // not again what the session's newest snapshot by a person has
  bool durable = false;   // waits until no power loss takes it, for what is done relying on it
};
struct SaveResult {
  std::string ref;  // "" if the tree was clean
  git::ObjectId oid;
  bool skipped = false;  // nothing new was written
  std::string reason;    // "clean", "unchanged" (there is one with the same content)
  std::optional<Name> name;
  Counts counts;
  std::vector<Skipped> left_out;
};
// Saves the dirty tree under its name; a taken name is never overwritten (".2", ".3" …). Refuses
// the user's home directory as work tree unless `allow_home`.
[[nodiscard]] SaveResult save(const git::Repository& repository, const SaveRequest& request,
                              bool allow_home = false);
// The same by a scan that was made before, and of any work tree: a path that the scan found changed
// is saved as it is by now, and one that it found clean is not read.
[[nodiscard]] SaveResult save_scanned(const git::Repository& repository, const SaveRequest& request,
                                      const git::Status& scan);

struct Snapshot {
  std::string ref;
  git::ObjectId oid;
  Name name;
  std::string session;  // raw id from the subject, else the mapped one
  std::string subject;
  Timestamp created_at;
  git::ObjectId base;  // the commit it is based on; null for a commit without parents
};
// By the raw id, or by the mapped one if the subject lacks the raw one.
[[nodiscard]] bool belongs_to(const Snapshot& snapshot, const std::string& session);

struct Listing {
  std::vector<Snapshot> snapshots;   // newest first
  std::vector<std::string> ignored;  // refs under the prefix with an unexpected name or target
};
// `session`: only that session's (also of `ignored`); absent: all.
[[nodiscard]] Listing list(const git::Repository& repository,
                           const std::optional<std::string>& session);

// SNAP as typed: "LABEL" or "N/LABEL" of `session`, the same behind "SESSION/", "wave-N-LABEL" for
// both, a full ref, or an object id (full or at least 4 digits) of a snapshot or any stash commit.
// Throws with a hint if it is unknown or ambiguous.
[[nodiscard]] Snapshot find(const git::Repository& repository, const std::string& text,
                            const std::optional<std::string>& session);

// What may be meant by a name that there is not: the nearest one, as shown_name writes it; or "".
[[nodiscard]] std::string nearest_name(const git::Repository& repository, const std::string& text,
                                       const std::string& own_session);

// The newest one of a session, its own ones before those that the program takes by itself.
[[nodiscard]] std::optional<Snapshot> newest(const git::Repository& repository,
                                             const std::string& session);

struct DropResult {
  std::string ref;
  bool ok = false;
  bool existed = false;
  std::string error;
};
// Deletes snapshot refs by name, in one transaction if possible; refuses anything outside the
// prefix. One result for each ref, in the given order; never throws.
[[nodiscard]] std::vector<DropResult> drop(const git::Repository& repository,
                                           const std::vector<std::string>& refs);

// The trees of a stash commit.
struct StoredTrees {
  git::ObjectId base;  // the commit that it is based on
  git::ObjectId base_tree;
  git::ObjectId index;
  git::ObjectId worktree;
  std::optional<git::ObjectId> untracked;  // not an empty one
  std::optional<git::ObjectId> exact;
};
// Throws if it has not the form of a stash commit.
[[nodiscard]] StoredTrees stored_trees(const git::Repository& repository, const git::Commit& stash);

struct FileChange {
  RepoPath path;
  char status;  // A, M, D, T
};
struct Content {
  std::vector<FileChange> staged;    // base to index
  std::vector<FileChange> unstaged;  // index to work tree
  std::vector<RepoPath> untracked;
  std::vector<RepoPath> unmerged;  // conflicts, listed as unstaged, too
};
// Throws if it is not a stash commit.
[[nodiscard]] Content content(const git::Repository& repository, const Snapshot& snapshot);

// The snapshot of `ref`; absent if it does not point to a commit.
[[nodiscard]] std::optional<Snapshot> read_snapshot(const git::Repository& repository,
                                                    const git::Ref& ref, Name name);
[[nodiscard]] Snapshot snapshot_of(const git::Commit& commit, std::string ref, Name name);
// Two to four parents, with the first as the only parent of the second (the index). So has the
// merge of a branch of one commit.
[[nodiscard]] bool is_stash_commit(const git::StoredObjects& objects, const git::Commit& commit);

}  // namespace gs::snapshot
