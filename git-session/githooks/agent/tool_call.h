#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gs::githooks {

// What a coding agent is about to do (docs/agents.md): the JSON of Claude Code, and the variants of
// Codex and Cursor.
struct ToolCall {
  enum class Kind { Other, Edit, Command };
  Kind kind = Kind::Other;
  std::vector<std::string> paths;  // of an edit, as given
  std::string command;             // of a shell
  std::string directory;           // where it happens; "" if the call does not say
  std::string agent_session;       // the agent's id of its own session; "" likewise
};

// Throws an Error that says what is wrong: invalid JSON, not an object, an edit without a path or a
// shell call without a command.
[[nodiscard]] ToolCall parse_tool_call(std::string_view input);

}  // namespace gs::githooks
