#pragma once

#include <cstddef>

#include "close/context.h"
#include "close/plan/issue_plan.h"
#include "report/report.h"

namespace gs::close {

// Adds to the report what the phases have found, from context.reports[first] on: each finding once,
// the worst first. Not those that another section names, nor those of which `issues` (null: none)
// makes a new issue.
void add_findings(const Context& context, std::size_t first, const IssuePlan* issues,
                  report::Report& report);

// Whether it is about a file outside the repository, such as a vault elsewhere, which is its user's
// own.
[[nodiscard]] bool is_outside(const report::FindingLine& finding);

}  // namespace gs::close
