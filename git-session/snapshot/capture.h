#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/repo_path.h"
#include "git/object_id.h"
#include "git/repository.h"
#include "git/status/status.h"

namespace gs::snapshot {

// What the stash format cannot express, as lines of the stash commit's last paragraph
// (docs/formats.md, "Snapshots").
struct ExtraState {
  std::optional<std::string> unborn;    // "Unborn: refs/heads/<branch>"
  std::vector<RepoPath> intent_to_add;  // "Intent-to-add: <path as git quotes it>", in path order
  // Of a snapshot taken before a restore: "Restored: <object id of what was restored>", and
  // "Absent: <path>" of each file that this has created.
  std::optional<std::string> restored;
  std::vector<RepoPath> absent;

  [[nodiscard]] bool empty() const {
    return !unborn && intent_to_add.empty() && !restored && absent.empty();
  }
  bool operator==(const ExtraState&) const = default;
};

// `message` with the lines below it. Lines of the message that look like them are indented.
[[nodiscard]] std::string add_extra_state(std::string_view message, const ExtraState& state);
[[nodiscard]] ExtraState extra_state_in(std::string_view message);

struct Counts {
  std::size_t staged = 0, unstaged = 0, untracked = 0,
              deleted = 0;   // deleted: the unstaged ones missing from the work tree
  std::size_t unmerged = 0;  // counted as unstaged, too
  std::size_t changed = 0;   // tracked paths: staged, unstaged or both
};

struct Skipped {
  RepoPath path;
  std::string reason;  // "larger than 50 MiB", "nested repository", or as in git::LeftOut
};

// The stored content of the dirty tree, before it becomes a stash commit.
struct CapturedTrees {
  std::optional<git::ObjectId>
      head;            // absent: unborn; the stash's base is then a commit of the empty tree
  git::ObjectId base;  // `head`, or that commit (the same in every repository)
  git::ObjectId index_tree;
  git::ObjectId worktree_tree;
  std::optional<git::ObjectId> untracked_tree;
  // What the stash format cannot express: "stage1/PATH" to "stage3/PATH" of an unmerged path,
  // "raw/PATH" with the bytes of a file that git stores in another form, "filtered/PATH" of one
  // that only git's filter can give back.
  std::optional<git::ObjectId> exact_tree;
  ExtraState extra;
  Counts counts;
  std::vector<Skipped> skipped;

  // Nothing is dirty, or only what cannot be captured.
  [[nodiscard]] bool empty() const {
    return counts.staged + counts.unstaged + counts.untracked == 0;
  }
};

// Stores blobs and trees; work tree, index, stash and refs stay untouched. Untracked files of more
// than `largest_untracked` bytes, and whatever cannot be read or stored, are skipped and reported;
// a tracked path is then captured as staged. Throws if a required filter fails.
struct CaptureOptions {
  std::uint64_t largest_untracked = std::numeric_limits<std::uint64_t>::max();  // bytes
  std::vector<RepoPath> also = {};           // captured whatever ignore rules and the size say
  std::optional<std::string> restored = {};  // for ExtraState
  std::vector<RepoPath> absent = {};         // likewise
  bool clean_too = false;                    // trees and base also where nothing is dirty
};
[[nodiscard]] CapturedTrees capture_trees(const git::Repository& repository, git::Status status,
                                          const CaptureOptions& options);

// The stash commit (docs/formats.md, "Snapshots") of captured trees; no ref points to it yet.
[[nodiscard]] git::ObjectId write_stash_commit(const git::Repository& repository,
                                               const CapturedTrees& trees,
                                               const std::string& message, Timestamp time);

}  // namespace gs::snapshot
