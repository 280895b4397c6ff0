#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "git/index/staging.h"
#include "session/claim.h"
#include "session/plan.h"

namespace gs::close {

// A file of the session as it goes into a commit.
struct StagedFile {
  session::OwnedChange change;
  git::TreeEntry entry;  // what is committed; not present(): the path is removed
  std::optional<std::string> split_content;  // of `entry` if it is in no file: this session's part
  std::string how;  // "", "as staged", "only this session's part", "whole, by decision"
};

// The files of one commit.
struct CommitUnit {
  std::optional<std::size_t> item;  // of the plan; absent: emergent work
  std::vector<StagedFile> files;
};

struct LeftFile {
  RepoPath path;
  session::Owner owner;
  std::string reason;
};

struct StagingPlan {
  std::vector<CommitUnit> units;  // in plan order, emergent work last
  std::vector<LeftFile> left;
  [[nodiscard]] std::size_t file_count() const;
};

// What is taken of the files whose owner is not clear; any other of them stays.
struct StagingChoices {
  std::set<RepoPath> include = {};
  std::set<RepoPath> split = {};  // only what changed since the start
  std::set<RepoPath> whole = {};  // of `include`: dirty at the start, and still taken whole
};

// For a file that was dirty at the start and changed since: HEAD's content plus only what changed
// since; absent if that does not merge cleanly. Nothing is stored.
struct SplitContent {
  git::FileMode mode;
  std::string content;
};
[[nodiscard]] std::optional<SplitContent> session_part(const git::Repository& repository,
                                                       const session::OwnedChange& change);

// Which file goes into which commit, and which stay. Only reads.
[[nodiscard]] StagingPlan plan_staging(const git::Repository& repository,
                                       const std::vector<session::OwnedChange>& owned,
                                       const std::optional<session::Plan>& plan,
                                       const StagingChoices& choices);

}  // namespace gs::close
