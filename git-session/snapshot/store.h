#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
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
  std::uint64_t largest_untracked = std::numeric_limits<std::uint64_t>::max();  // bytes
  Timestamp now;
};
struct SaveResult {
  std::string ref;  // "" when the tree was clean
  git::ObjectId oid;
  bool skipped = false;  // nothing new was written
  std::string reason;    // "clean", "unchanged" (the same content is already under this name)
  std::optional<Name> name;
  Counts counts;
  std::vector<Skipped> left_out;
};
// Saves the dirty tree under its name; a taken name is never overwritten (".2", ".3" …). Refuses a
// work tree that is the user's home directory unless `allow_home`.
[[nodiscard]] SaveResult save(const git::Repository& repository, const SaveRequest& request,
                              bool allow_home = false);

struct Snapshot {
  std::string ref;
  git::ObjectId oid;
  Name name;
  std::string session;  // raw id from the subject where it is there, else the mapped one
  std::string subject;
  Timestamp created_at;
  git::ObjectId base;  // the commit it was taken on; null for a commit without parents
};
// Told by the raw id; by the mapped one where the subject does not give the raw one.
[[nodiscard]] bool belongs_to(const Snapshot& snapshot, const std::string& session);

struct Listing {
  std::vector<Snapshot> snapshots;   // newest first
  std::vector<std::string> ignored;  // refs under the prefix with an unexpected name or target
};
// `session`: only that one's (and nothing else's `ignored`); absent: all.
[[nodiscard]] Listing list(const git::Repository& repository,
                           const std::optional<std::string>& session);

// SNAP as typed: full ref, "SESSION/wave-N-label", "wave-N-label" of `session`, or an object id
// (full or at least 4 digits) of a snapshot or any stash commit. Throws with a hint when it names
// nothing, or more than one thing.
[[nodiscard]] Snapshot find(const git::Repository& repository, const std::string& text,
                            const std::optional<std::string>& session);

struct DropResult {
  std::string ref;
  bool ok = false;
  bool existed = false;
  std::string error;
};
// Deletes snapshot refs by name, in one transaction where nothing stands in the way; refuses
// anything outside the prefix. One answer for each ref, in the order given; nothing is thrown.
[[nodiscard]] std::vector<DropResult> drop(const git::Repository& repository,
                                           const std::vector<std::string>& refs);

struct FileChange {
  RepoPath path;
  char status;  // A, M, D, T
};
struct Content {
  std::vector<FileChange> staged;    // base against index
  std::vector<FileChange> unstaged;  // index against work tree
  std::vector<RepoPath> untracked;
};
// Throws when it is no stash commit.
[[nodiscard]] Content content(const git::Repository& repository, const Snapshot& snapshot);

// The snapshot that `ref` points at under its name; absent when it points at no commit.
[[nodiscard]] std::optional<Snapshot> read_snapshot(const git::Repository& repository,
                                                    const git::Ref& ref, Name name);
[[nodiscard]] Snapshot snapshot_of(const git::Commit& commit, std::string ref, Name name);
// Two or three parents, the second one (the index) taken on the first.
[[nodiscard]] bool is_stash_commit(const git::Repository& repository, const git::Commit& commit);

}  // namespace gs::snapshot
