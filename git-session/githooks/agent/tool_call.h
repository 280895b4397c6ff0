#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gs::githooks {

// What a coding agent is about to do (docs/agents.md): the JSON of Claude Code, and what Codex and
// Cursor write differently.
struct ToolCall {
  enum class Kind { Other, Edit, Command };
  Kind kind = Kind::Other;
  std::vector<std::string> paths;  // of an edit, as given
  std::string command;             // of a shell
  std::string directory;           // in which it happens; "" when the call does not say
};

// Throws an Error that says what is wrong with it: no JSON, no object, an edit or a command that
// does not say of what.
[[nodiscard]] ToolCall parse_tool_call(std::string_view input);

}  // namespace gs::githooks
