#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "close/context.h"
#include "close/journal/journal.h"

namespace gs::close {

// The commits of a close, by the object ids that its journal has: each is there before the branch
// moves to it. Their steps are "commit/0", "commit/1", …, over all rounds of planning.

// Those that were made, oldest first; or less those that somebody has taken off the branch since,
// with what they changed.
enum class Which { All, NotLost };
[[nodiscard]] std::vector<MadeCommit> made_commits(const session::Workspace& workspace,
                                                   const Journal& journal, Which which);
// Of a process that was killed: finishes the commit that it was making, where the branch has it,
// and removes the index lock that it left.
void settle_commits(const session::Workspace& workspace, Journal& journal);

// What a commit does to a tree, given that tree; empty: nothing is left to commit.
using ChangesOfTree =
    std::function<std::vector<git::TreeDiffEntry>(const git::ObjectId& parent_tree)>;
enum class CommitOutcome {
  Made,
  Nothing,  // the branch has it all
  Moved,    // Context::moved says what the branch has another version of by now
  Refused,  // by a hook, git, or the state of the repository
};
// Makes one commit on the branch of the close and brings the real index to it in just those paths.
// Whatever others do meanwhile, nothing of theirs is laid over: a branch that moves in other paths
// gets the commit on top, and one that moves in these paths does not.
[[nodiscard]] CommitOutcome make_commit(Context& context, const std::string& message, bool edit,
                                        const ChangesOfTree& changes_of_tree, PhaseResult& refusal);
// Of a planned commit: what is left of it on that tree. Absent, and Context::moved is set: the tree
// has neither what was planned from nor what was planned.
[[nodiscard]] std::optional<std::vector<git::TreeDiffEntry>> changes_left(
    Context& context, const std::vector<git::TreeDiffEntry>& planned,
    const git::ObjectId& parent_tree);

[[nodiscard]] git::ObjectId tree_of(const git::Repository& repository,
                                    const std::optional<git::ObjectId>& commit);

}  // namespace gs::close
