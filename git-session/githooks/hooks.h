#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "githooks/call.h"

// What `git session hook` runs: git's hooks (githooks(5)) and the coding agents' one.
namespace gs::githooks {

// Looks at what is about to be committed, as post-commit does afterwards: refuses in `strict`,
// warns in `warn`.
[[nodiscard]] HookAnswer pre_commit(const HookCall& call);

// Looks at the commit that was just made: paths out of scope, and content that is not this
// session's. Says so, with the commands that take the commit apart again, and records it. Quiet
// while git replays commits (a rebase, cherry-pick, revert or merge), for what such an operation
// ends in, and for the commits of `git session close`. Writes only to the git directory and to an
// untracked events.jsonl.
[[nodiscard]] HookAnswer post_commit(const HookCall& call, const Clock& clock);

// Looks at what is staged now and was not when it looked last, and names what is not this
// session's. Git does not say how the index was written: it also calls for a refresh by `git
// status`, for temporary index files and for a checkout; none of these stages anything.
[[nodiscard]] HookAnswer post_index_change(const HookCall& call);

// Looks at what is about to leave. Snapshots are always refused; commits of a session with paths
// that are not its own are refused in `strict` and named in `warn`. A session's commits are those
// after its start ref that the remote does not have; no more than these are walked.
[[nodiscard]] HookAnswer pre_push(const HookCall& call);

// What a coding agent is told about its tool call.
struct ToolAnswer {
  bool denied = false;
  std::string reason;                 // of a denial
  std::vector<std::string> warnings;  // what is only warned of
};

// Judges a tool call (docs/agents.md): `input` is its JSON, `directory` (absolute) where it happens
// when it does not say so. The usual call opens no repository and runs no program.
[[nodiscard]] ToolAnswer pre_tool_use(std::string_view input, const std::string& directory,
                                      const Clock& clock);

}  // namespace gs::githooks
