#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session/path_pattern.h"

namespace gs::session {

struct PlanItem {
  std::string title;
  std::optional<long> issue;
  std::string priority = "medium";  // critical, high, medium, low
  std::string type;                 // Conventional Commits type; "" if not given
  std::vector<PathPattern> files;
  std::optional<std::string> verify;   // shell command
  std::optional<std::string> dropped;  // why it is no longer relevant
  std::optional<std::string> why;      // why it was not started
};

struct DocsTask {
  std::string audience;
  std::string target;
};

constexpr std::string_view kPlanFile = "session-plan.toml";
struct Plan {
  std::string title;
  std::string type;  // feature, deep, housekeeping; "" if not given
  std::vector<PlanItem> items;
  std::vector<DocsTask> docs;
  std::map<std::string, std::size_t> by_hand = {};  // claimed files → item, whatever patterns say
};

// Throws "<source>:<line>: …" with a hint: unknown key (and the nearest known one), wrong type, bad
// priority, no title, not TOML. Of several mistakes each is a line of the message. `top`: of the
// work tree, so that a hint can say what an absolute path in it is called.
[[nodiscard]] Plan parse_plan(std::string_view text, const std::string& source,
                              std::string_view top = "");

// The first item whose `files` match: a file that matches two items belongs to the first. Absent if
// none matches.
[[nodiscard]] std::optional<std::size_t> item_of(const Plan& plan, std::string_view path);

}  // namespace gs::session
