#pragma once

#include <vector>

#include "git/config/values.h"
#include "git/repository.h"
#include "session/diagnosis.h"

namespace gs::githooks {

// Adds how the git hooks stand, for `git session doctor`. Read-only.
void examine_hooks(const git::Repository& repository, const std::vector<git::ConfigValue>& config,
                   session::Diagnoses& found);

}  // namespace gs::githooks
