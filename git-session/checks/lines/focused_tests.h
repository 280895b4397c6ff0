#pragma once

#include <string_view>
#include <vector>

#include "git/objects/merge.h"
#include "session/finding.h"

namespace gs::checks {

// Tests that run alone (`it.only`, `fdescribe`: the others are silently left out) or are skipped
// whatever the circumstances and without naming an issue or a reason, in the lines that a change
// adds to a test file. By the frameworks of each language; a skip under a condition is none.
[[nodiscard]] std::vector<session::Finding> find_focused_tests(
    std::string_view path, const std::vector<git::AddedLine>& lines);

}  // namespace gs::checks
