#pragma once

#include <string>

#include "close/context.h"
#include "report/report.h"

namespace gs::close {

// `filed` has the outcomes of the issues that the close files, in their order, as --json shows
// them; null before any was filed.
[[nodiscard]] report::Report with_filed_issues(report::Report report, const Json& filed);
// The planned report with what the writing phases did.
[[nodiscard]] report::Report final_report(const Context& context);
// The session plan that the close removed; "" when there was none.
[[nodiscard]] std::string plan_text(const Context& context);

}  // namespace gs::close
