#pragma once

#include "close/context.h"

namespace gs::close {

// Whether what the work tree says may run and be sent to: this clone trusts each of its commands
// and destinations already (docs/security.md), or decision `trust` says so now. Asked once in a
// close.
[[nodiscard]] bool is_trusted(Context& context);

// The answer of a phase that does nothing without trust: the decision is open, was refused, or the
// commands cannot be shown.
[[nodiscard]] PhaseResult without_trust(const Context& context);

}  // namespace gs::close
