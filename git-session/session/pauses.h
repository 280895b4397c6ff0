#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/repo_path.h"
#include "git/checkout.h"
#include "git/object_id.h"
#include "git/repository.h"
#include "session/state_file.h"

namespace gs::session {

// A time during which a session was set aside. What was committed then is none of its work.
struct Pause {
  Timestamp paused_at;
  std::optional<git::ObjectId> head = {};  // then; absent: unborn, or unknown
  std::string branch = {};                 // "HEAD" for a detached one
  std::string note = {};                   // "" for none
  bool by_status_alone = false;            // STATE.md was changed, and no command has done it
  std::optional<Timestamp> resumed_at = {};
  std::optional<git::ObjectId> resumed_head = {};
};

// A file that the session had changed when it was paused.
struct PausedFile {
  git::TreeEntry worktree;                   // as git stores it; not present(): deleted
  std::optional<unsigned> permissions = {};  // of a regular file
  bool stays = false;                        // it could not leave the work tree with the others
};

// The pauses of a session, and what the last of them has left behind. Stored as JSON beside a
// private session's STATE.md, else as git-session/pauses/<session>.json in the git directory that
// all worktrees share: it says where shelved work is, also once the worktree is removed
// (docs/formats.md, "Pauses").
struct Pauses {
  std::string session;
  std::vector<Pause> all = {};  // oldest first
  // Of the last one:
  std::string snapshot = {};                  // ref of what was dirty; "" for nothing
  std::map<RepoPath, PausedFile> files = {};  // the session's own changes
  std::set<RepoPath> undecided = {};          // changes that were not clearly its own, nor foreign
  bool shelve = false;                        // its own leave the work tree and the index
  bool out = false;                           // and have left
  std::optional<RepoPath> scope = {};         // from where a tracked one's scope was put aside
};

[[nodiscard]] std::string pauses_file(const git::Repository& repository,
                                      const std::string& session);
// Without any if there is no such file. Throws if it cannot be read.
[[nodiscard]] Pauses read_pauses(const git::Checkout& checkout, const std::string& session);
void write_pauses(const git::Checkout& checkout, const Pauses& pauses);

// The recorded pause that STATE.md speaks of; null if none is.
[[nodiscard]] const Pause* open_pause(const Pauses& pauses, const StateFile& state);

// How long it was paused until `now`; one that is not resumed counts if it is `open`.
[[nodiscard]] std::chrono::milliseconds time_paused(const Pauses& pauses, const Pause* open,
                                                    Timestamp now);

// A session's commits are looked for among so many at most.
inline constexpr std::size_t kMostCommits = 10'000;
// Those of `candidates` that a rebase or an amend has made out of one of `before`.
[[nodiscard]] std::set<git::ObjectId> rewritten_from(const git::Repository& repository,
                                                     const std::vector<git::ObjectId>& before,
                                                     const std::vector<git::ObjectId>& candidates);
// Those of `commits` that were made during a pause, also if they were rebased since. `head`: where
// a pause that is not over has come to; absent: it does not count.
[[nodiscard]] std::set<git::ObjectId> made_while_paused(const git::Repository& repository,
                                                        const Pauses& pauses,
                                                        const std::optional<git::ObjectId>& head,
                                                        const std::vector<git::ObjectId>& commits);

// Where what a paused session had in the work tree beside its work is kept: of a tracked one, its
// scope, and, if its work is shelved, STATE.md and the plan. Absolute.
[[nodiscard]] std::string paused_sessions(const std::string& common_dir);
[[nodiscard]] FilePlace paused_session(const std::string& common_dir, const std::string& session);
// In it, the name of the state directory that it comes from; as a private session's, it has a file
// `worktree`, too.
inline constexpr std::string_view kDirectoryFile = "directory";

// Snapshots that hold what sessions of any worktree have shelved, by ref, each with the session.
[[nodiscard]] std::map<std::string, std::string> shelving_snapshots(
    const git::Repository& repository);

}  // namespace gs::session
