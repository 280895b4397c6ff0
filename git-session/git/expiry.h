#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "git/command.h"

namespace gs::git {

// A git expiry value: "never", "now", "14.days", "2.weeks.ago", "3 months ago", an ISO date or
// date-time. Absent if git would understand it only in part ("14", "0", "14.dayz", "tomorrowish"):
// a typo must not delete everything. The grammar is checked here; git computes the time (`git
// config --type=expiry-date`).
struct Expiry {
  bool never = false;
  Timestamp before;  // things older than this have expired (unset if never)
};
[[nodiscard]] bool is_expiry_value(std::string_view text);
[[nodiscard]] std::optional<Expiry> parse_expiry(const GitCommand& git, const std::string& text,
                                                 Timestamp now);

}  // namespace gs::git
