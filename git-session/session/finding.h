#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/json.h"

namespace gs::session {

enum class Severity { Critical, High, Medium, Low };
[[nodiscard]] std::string_view severity_name(Severity severity);  // "critical", …
[[nodiscard]] std::optional<Severity> severity_named(std::string_view name);

// Something that a check found.
struct Finding {
  std::string source = {};  // the check: "debug-artifact", "conflict-marker", …
  Severity severity = Severity::Medium;
  int confidence = 100;   // percent
  std::string file = {};  // relative to the top; "" without a place
  std::size_t line = 0;   // 0: none
  std::string title = {};
  std::string detail = {};
  std::string recommendation = {};
  bool is_elsewhere = false;  // the report says it in another section
};
[[nodiscard]] Json to_json(const Finding& finding);

}  // namespace gs::session
