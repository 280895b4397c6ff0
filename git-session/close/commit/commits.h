#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "close/context.h"
#include "close/journal/journal.h"

namespace gs::close {

// The commits of a close, by the object ids in its journal: each is noted there before the branch
// moves to it. Their steps are "commit/0", "commit/1", …, over all rounds of planning.

// Those that were made, oldest first; the second without those that were removed from the branch
// since, along with their changes.
enum class Which { All, NotLost };
[[nodiscard]] std::vector<MadeCommit> made_commits(const session::Workspace& workspace,
                                                   const Journal& journal, Which which);
// After a kill: finishes the commit that was being made, if the branch has it, and removes the
// leftover index lock.
void settle_commits(const session::Workspace& workspace, Journal& journal);

// What a commit does to a tree, given that tree; empty: nothing is left to commit.
using ChangesOfTree =
    std::function<std::vector<git::TreeDiffEntry>(const git::ObjectId& parent_tree)>;
enum class CommitOutcome {
  Made,
  Nothing,  // the branch already has everything
  Moved,    // Context::moved: the branch has another version of these paths by now
  Refused,  // by a hook, git, or the state of the repository
};
struct NewCommit {
  std::string message;
  bool edit = false;  // in the user's editor
  // What it changes is added to the last commit of this close, whose message stays, as long as that
  // is what HEAD names.
  bool amend = false;
  // The message says that this tree was tested, if it is exactly what the commit has.
  std::optional<git::ObjectId> tested = {};
  ChangesOfTree changes_of_tree;
};
[[nodiscard]] std::string trailer_of_tested(const git::ObjectId& tree);
// Makes one commit on the branch of the close and updates the real index in just those paths.
// Nothing that others do meanwhile is overwritten: a branch that moves in other paths gets the
// commit on top, and one that moves in these paths does not.
[[nodiscard]] CommitOutcome make_commit(Context& context, const NewCommit& wanted,
                                        PhaseResult& refusal);
// What is left of a planned commit on that tree. Absent, with Context::moved set, if the tree has
// neither the version that was planned from nor the planned one.
[[nodiscard]] std::optional<std::vector<git::TreeDiffEntry>> changes_left(
    Context& context, const std::vector<git::TreeDiffEntry>& planned,
    const git::ObjectId& parent_tree);

// Absent if the object is gone: a commit on no branch may have been pruned.
[[nodiscard]] std::optional<git::Commit> read_commit(const git::Repository& repository,
                                                     const git::ObjectId& oid);
[[nodiscard]] git::ObjectId tree_of(const git::Repository& repository,
                                    const std::optional<git::ObjectId>& commit);

}  // namespace gs::close
