#pragma once

#include <optional>
#include <string>

#include "checks/shell/command_guard.h"

namespace gs::checks {

// The command that would stage or commit everything that is dirty, whoever changed it: "git add -A"
// as it is written; absent for none.
[[nodiscard]] std::optional<std::string> find_sweeping_add(const CommandLine& line);

}  // namespace gs::checks
