#pragma once

#include <string>

#include "githooks/call.h"

namespace gs::githooks {

// The configured `session.state-dir`; "" where there is none. Git is asked only where a
// configuration file (or `git -c`) may name one, and only in a repository that sessions were in.
[[nodiscard]] std::string configured_directory(const HookCall& call);

}  // namespace gs::githooks
