#pragma once

#include <string_view>
#include <vector>

#include "git/objects/merge.h"

namespace gs::checks {

// Written by a tool or by somebody else: what is left to do there is not for this project.
[[nodiscard]] bool is_foreign(std::string_view path, const std::vector<git::AddedLine>& lines);

}  // namespace gs::checks
