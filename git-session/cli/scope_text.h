#pragma once

#include <string>

#include "cli/terminal.h"
#include "formats/json.h"
#include "workflow/scope_report.h"

// What `git session scope` prints.
namespace gs::cli {

[[nodiscard]] Json scope_json(const session::ScopeCheck& scope);
[[nodiscard]] std::string scope_text(const session::ScopeCheck& scope, const Style& style);
[[nodiscard]] Json report_json(const session::ScopeCheck& scope,
                               const workflow::ScopeReport& report);
[[nodiscard]] std::string report_text(const session::ScopeCheck& scope,
                                      const workflow::ScopeReport& report, const Style& style);

}  // namespace gs::cli
