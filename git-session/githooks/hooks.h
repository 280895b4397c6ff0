#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "githooks/call.h"

// The hooks that `git session hook` runs: git's own (githooks(5)) and one for coding agents.
namespace gs::githooks {

// Checks what is about to be committed, as post-commit does afterwards: refuses in `strict`, warns
// in `warn`.
[[nodiscard]] HookAnswer pre_commit(const HookCall& call);

// Checks the commit that was just made for paths out of scope and content that does not belong to
// this session. Reports them, with the commands that undo the commit, and records them. Quiet while
// git replays commits (a rebase, cherry-pick, revert or merge), for the commit that ends such an
// operation, and for the commits of `git session close`. Writes only to the git directory and to an
// untracked events.jsonl.
[[nodiscard]] HookAnswer post_commit(const HookCall& call, const Clock& clock);

// Checks what was newly staged since its last run, and names what does not belong to this session.
// Git does not say how the index was written: it also calls this hook for a refresh by `git
// status`, for temporary index files and for a checkout, none of which stages anything.
[[nodiscard]] HookAnswer post_index_change(const HookCall& call);

// Checks what is about to be pushed; throws if it cannot, and the push must then be stopped.
// Snapshots are always refused; commits of a session with paths
// that do not belong to it are refused in `strict` and named in `warn`. A session's commits are
// those after its start ref that the remote does not have; no others are walked.
[[nodiscard]] HookAnswer pre_push(const HookCall& call);

// The answer to a coding agent about its tool call.
struct ToolAnswer {
  bool denied = false;
  std::string reason;                 // of a denial
  std::vector<std::string> warnings;  // without denial
};

// Judges a tool call (docs/agents.md): `input` is its JSON, `directory` (absolute) is where it
// happens if the JSON does not say. Usually opens no repository and runs no program.
[[nodiscard]] ToolAnswer pre_tool_use(std::string_view input, const std::string& directory,
                                      const Clock& clock);

}  // namespace gs::githooks
