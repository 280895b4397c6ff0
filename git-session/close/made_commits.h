#pragma once

#include <optional>
#include <vector>

#include "close/journal.h"
#include "close/write_plan.h"

namespace gs::close {

// The journal's steps "commit/N" and "index/N": what a killed close had done of them can be told.

struct CommitOnParent {
  git::ObjectId oid;
  std::optional<git::ObjectId> parent;  // absent: unborn
};
[[nodiscard]] Json to_json(const CommitOnParent& commit);
[[nodiscard]] CommitOnParent commit_from_json(const Json& value);

// What is recorded before a commit is made, so that it can be told afterwards: the parent and the
// author's time.
[[nodiscard]] Json commit_intent(const git::Repository& repository, Timestamp now);
[[nodiscard]] std::optional<git::ObjectId> parent_of(const Json& intent);
[[nodiscard]] Timestamp author_time(const Json& intent);

// The commit that was made after `intent`; absent when it was not.
[[nodiscard]] std::optional<CommitOnParent> find_made(const git::Repository& repository,
                                                      const Json& intent, const CommitPlan& plan);

// All that the close has made so far, known to be done or not, in the plan's order.
struct NumberedCommit {
  std::size_t number;
  CommitOnParent commit;
};
[[nodiscard]] std::vector<NumberedCommit> made_commits(const git::Repository& repository,
                                                       const Journal& journal,
                                                       const WritePlan& plan);

// Brings exactly the committed paths of the repository's own index to the commit, as a journaled
// step.
void bring_index_to(const session::Workspace& workspace, Journal& journal, std::size_t number,
                    const CommitOnParent& commit);

}  // namespace gs::close
