#pragma once

#include <vector>

#include "close/context.h"
#include "tracker/issue.h"

namespace gs::close {

// Whether a finding of discovery gets an issue of its own.
[[nodiscard]] bool becomes_issue(const session::Finding& finding);
// Carryover of agents that were lost and of what a review requires, and an issue for each critical
// or high finding of discovery: the same problem in several lines of a file is one.
[[nodiscard]] std::vector<tracker::NewIssue> follow_up_issues(const Context& context);

}  // namespace gs::close
