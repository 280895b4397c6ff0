#pragma once

#include <string>

#include "githooks/call.h"

namespace gs::githooks {

// The configured `session.state-dir`; "" where there is none. The configuration is read
// only where one of its files (or `git -c`) may name one, in a repository that sessions were in.
[[nodiscard]] std::string configured_directory(const HookCall& call);

}  // namespace gs::githooks
