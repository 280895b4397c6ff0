#pragma once

#include "cli/terminal.h"
#include "git/repository.h"

namespace gs::cli {

// Asks on the terminal whether to install the git hooks, unless they are installed.
void offer_hooks(const git::Repository& repository, const std::vector<git::ConfigValue>& config,
                 const Style& style);

}  // namespace gs::cli
