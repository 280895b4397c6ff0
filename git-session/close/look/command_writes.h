#pragma once

#include <vector>

#include "close/context.h"

namespace gs::close {

// What the session's own commands (gates, `verify`) write into the work tree, such as build output
// and logs, is not its work, but a session that takes every change since its start would take it.
// Such paths are noted in the session's baseline, and then count as unclaimed unless a plan or
// scope names them.

// Before a command runs: notes the paths that are already dirty in the journal.
void expect_command_writes(Context& context);
// After the looking phases, and when continuing a run that was killed in a command: notes what has
// become dirty since. `now`: the work tree's scan, if there is one already.
void note_command_writes(Context& context);
void note_command_writes(Context& context, const git::Status& now);

// `changed`: session files that changed during the looking phases. True if an unclaimed one of them
// did so before in this close: a file that every run rewrites could never be committed, so it is
// noted too.
[[nodiscard]] bool leave_what_is_rewritten(Context& context, const std::vector<RepoPath>& changed);

}  // namespace gs::close
