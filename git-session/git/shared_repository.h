#pragma once

#include "git/config/values.h"

namespace gs::git {

// Makes what this process writes as accessible as core.sharedRepository (git-config(1)) says, by
// its umask: neither libgit2 nor our own files know that setting. Programs that it starts keep the
// user's umask.
void follow_shared_repository(const std::vector<ConfigValue>& configuration);

// The umask for a value of core.sharedRepository, given the user's.
[[nodiscard]] unsigned shared_umask(const std::string& value, unsigned users);

}  // namespace gs::git
