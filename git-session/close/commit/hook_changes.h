#pragma once

#include <optional>
#include <string>
#include <vector>

#include "close/commit/commits.h"
#include "git/commit/commit.h"

namespace gs::close {

// What there was before a commit's hooks ran: the rest is the hooks' own.
struct BeforeHooks {
  explicit BeforeHooks(const Context& context);

  std::vector<RepoPath> changed;  // sorted
  Timestamp time;
};

struct HookChanges {
  std::string words;  // "the pre-commit hook added generated.h, changed src/a.c"; "" for nothing
  std::optional<PhaseResult> refusal;
};
// Compares the commit with its plan. Planned files that a hook rewrote and files that it generated
// are part of the commit. It is refused for what was there before and is not planned: it is
// another's work, or no gate has seen it; and for a secret.
[[nodiscard]] HookChanges judge_hooks(Context& context, const BeforeHooks& before,
                                      const NewCommit& wanted, const git::ObjectId& planned_tree,
                                      const git::CommitObject& made);

}  // namespace gs::close
