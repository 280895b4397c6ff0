#pragma once

#include <optional>
#include <string>
#include <vector>

#include "git/config/values.h"

namespace gs::git {

// A user's own file that `key` may name ("core.attributesfile"), with "~/" resolved, or else `name`
// in git's directory of the user's configuration. "" where there is none; absent when only git
// knows.
[[nodiscard]] std::optional<std::string> user_file(const std::vector<ConfigValue>& configuration,
                                                   const std::string& key, const std::string& name);

}  // namespace gs::git
