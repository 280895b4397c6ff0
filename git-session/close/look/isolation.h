#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "close/context.h"
#include "git/temporary_worktree.h"

namespace gs::close {

// With --isolated or `gate-isolation = worktree`, the session's commands run in a checkout of the
// tree that the last commit of the work will have, instead of in the work tree.
struct Isolation {
  enum class State {
    Ready,   // the tree is known
    Waits,   // for decisions about whose the files are
    Ended,   // such a decision has ended the close
    Failed,  // `problem` says why
  };
  State state = State::Ready;
  std::string problem = {};
  std::string hint = {};
  git::ObjectId tree = {};
  // Of the checkout: how a command got back into the work tree ("node_modules/a leads back …"), so
  // that the tree does not count as tested; and what else it lacks or shares.
  std::vector<std::string> not_isolated = {};
  std::vector<std::string> notes = {};
  std::vector<RepoPath> shared = {};
  std::unique_ptr<git::TemporaryWorktree> worktree = {};  // once a command has to run

  [[nodiscard]] bool is_ready() const { return state == State::Ready; }
};

[[nodiscard]] bool wants_isolation(const Context& context);
// Decides whose the files are, stores what is committed of them, and finds the tree; once in a
// round.
Isolation& isolate(Context& context);

// Where a command runs. Checks the tree out at the first call; that it failed is in `isolation`.
[[nodiscard]] std::optional<checks::CommandPlace> place_of_commands(Context& context,
                                                                    Isolation& isolation);
// No command runs any more: removes the checkout.
void drop_checkout(Context& context);
// What an earlier run of this close has noted about its checkout of the same tree.
void recall_checkout(const Context& context, Isolation& isolation);

// What a command that failed there names and the work tree has: "'a.h' is in the work tree but not
// in what is committed".
[[nodiscard]] std::vector<std::string> missing_there(const Context& context,
                                                     const checks::CommandRun& run);

// The tree that the commands have tested, if nothing led them out of it.
[[nodiscard]] std::optional<git::ObjectId> tested_tree(const Context& context);

// The same if a commit is to name it (`commit-trailers`).
[[nodiscard]] std::optional<git::ObjectId> tree_to_name(const Context& context);
// Whether the last commit of this close has that tree: then it stays as it is.
[[nodiscard]] bool has_named_tree(const Context& context);
// That the last commit has another tree than the tested one, since a hook changed it or HEAD had
// moved.
[[nodiscard]] std::optional<std::string> untested_commit(const Context& context);

}  // namespace gs::close
