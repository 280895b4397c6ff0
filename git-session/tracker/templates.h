#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "session/finding.h"
#include "tracker/issue.h"

// Titles, bodies and labels of the issues that a session files (docs/trackers.md).
namespace gs::tracker {

// "[Carryover] " and the task, cut to 70 characters with "…".
[[nodiscard]] std::string carryover_title(std::string_view task);
// "[Discovery] " and the description, cut likewise.
[[nodiscard]] std::string discovery_title(std::string_view description);
// Probe, file, severity, confidence and recommendation, a line each.
[[nodiscard]] std::string discovery_body(const session::Finding& finding);
// The issue that a finding of severity critical or high becomes.
[[nodiscard]] NewIssue discovery_issue(const session::Finding& finding, const std::string& session);

// Labels that say where an issue stands: "status:ready", "status:in-progress", …
[[nodiscard]] std::vector<std::string> status_labels(const std::vector<std::string>& labels);
inline constexpr std::string_view kReady = "status:ready";

}  // namespace gs::tracker
