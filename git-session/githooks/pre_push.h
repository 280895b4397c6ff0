#pragma once

#include "githooks/answer.h"
#include "githooks/call.h"

namespace gs::githooks {

// Looks at what is about to leave. Snapshots are always refused; commits of a session with paths
// that are not its own are refused in `strict` and named in `warn`. A session's commits are those
// after its start ref that the remote does not have; no more than these are walked.
[[nodiscard]] HookAnswer pre_push(const HookCall& call);

}  // namespace gs::githooks
