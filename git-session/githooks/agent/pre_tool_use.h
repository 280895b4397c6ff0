#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace gs::githooks {

// What a coding agent is told about its tool call.
struct ToolAnswer {
  bool denied = false;
  std::string reason;                 // of a denial
  std::vector<std::string> warnings;  // what is only warned of
};

// Judges a tool call (docs/agents.md): `input` is its JSON, `directory` (absolute) where it happens
// when it does not say so. The usual call opens no repository and runs no program.
[[nodiscard]] ToolAnswer pre_tool_use(std::string_view input, const std::string& directory,
                                      const Clock& clock);

}  // namespace gs::githooks
