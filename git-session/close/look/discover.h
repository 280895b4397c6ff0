#pragma once

#include "checks/discovery.h"
#include "close/context.h"

namespace gs::close {

[[nodiscard]] checks::DiscoverySettings discovery_settings(const Context& context);

// Every built-in probe over what the session changed: added lines, binaries, commit messages, the
// plan and the issues.
void run_probes(Context& context, checks::Discovery& discovery);

}  // namespace gs::close
