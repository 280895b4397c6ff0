#pragma once

#include <vector>

#include "close/context.h"

namespace gs::close {

// What the session's own commands (gates, `verify`) write into the work tree, built files and logs,
// is not its work: a session that takes every change since its start would take it. Such paths are
// noted in the session's baseline, and then count as nobody's unless a plan or scope names them.

// Before a command runs: the paths that are dirty already, in the journal.
void expect_command_writes(Context& context);
// After the looking phases, and when a run is continued that was killed in a command: notes what
// has become dirty since. `now`: the work tree, where it is scanned already.
void note_command_writes(Context& context);
void note_command_writes(Context& context, const git::Status& now);

// Session files that were different when the looking was over. True when it is not the first time
// for one of them in this close, and nothing claims it: a file that every run rewrites could never
// be committed; it is noted too.
[[nodiscard]] bool leave_what_is_rewritten(Context& context, const std::vector<RepoPath>& changed);

}  // namespace gs::close
