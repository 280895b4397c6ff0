#pragma once

#include "githooks/answer.h"
#include "githooks/call.h"

namespace gs::githooks {

// Looks at what is staged now and was not when it looked last, and names what is not this
// session's. Git does not say how the index was written: it also calls for a refresh by `git
// status`, for temporary index files and for a checkout; none of these stages anything.
[[nodiscard]] HookAnswer post_index_change(const HookCall& call);

}  // namespace gs::githooks
