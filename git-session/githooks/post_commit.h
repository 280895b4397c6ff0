#pragma once

#include "base/clock.h"
#include "githooks/answer.h"
#include "githooks/call.h"

namespace gs::githooks {

// Looks at the commit that was just made: paths out of scope, and content that is not this
// session's. Says so, with the commands that take the commit apart again, and records it. Quiet
// while git replays commits (a rebase, cherry-pick, revert or merge), for what such an operation
// ends in, and for the commits of `git session close`. Writes only to the git directory and to an
// untracked events.jsonl.
[[nodiscard]] HookAnswer post_commit(const HookCall& call, const Clock& clock);

}  // namespace gs::githooks
