#pragma once

#include <string>
#include <vector>

namespace gs::cli {

// `git-session-docs WHAT [ARGUMENT]`: options COMMAND, config-keys, phases, configuration,
// completion SHELL.
[[nodiscard]] int run_documentation(const std::vector<std::string>& arguments);

}  // namespace gs::cli
