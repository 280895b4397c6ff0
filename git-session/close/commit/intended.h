#pragma once

#include <optional>
#include <string>
#include <vector>

#include "close/journal/journal.h"
#include "git/index/real_index.h"

namespace gs::close {

// A commit as the journal has it: in the intent of its step before the branch moves to it, and in
// the step's result.
struct Intended {
  git::ObjectId oid;
  std::optional<git::ObjectId> parent;  // absent: unborn
  std::string subject;
  std::size_t files = 0;
  std::optional<git::ObjectId> amends = {};   // the commit in whose place it is
  std::string hooks = {};                     // what they did to it
  std::optional<git::ObjectId> planned = {};  // the tree before hooks, if they changed it
  // Only in an intent: index entries that the commits do not tell.
  std::optional<std::vector<git::StagedPath>> staged = {};

  // What the branch names before it.
  [[nodiscard]] const std::optional<git::ObjectId>& from() const {
    return amends ? amends : parent;
  }
};
[[nodiscard]] Json to_json(const Intended& commit);
[[nodiscard]] Intended intended_from_json(const Json& value);

// The steps that were done, oldest first, over all rounds of planning.
[[nodiscard]] std::vector<Intended> done_steps(const Journal& journal);
[[nodiscard]] std::string next_step(const Journal& journal);
// Their commits, without those that another one is in the place of.
[[nodiscard]] std::vector<Intended> done_commits(const Journal& journal);
// How the index followed the steps. Absent: an older version made a commit, and did not note it.
[[nodiscard]] std::optional<std::vector<git::FollowedCommit>> followed_commits(
    const Journal& journal);

}  // namespace gs::close
