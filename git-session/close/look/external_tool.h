#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/tool.h"
#include "close/context.h"

namespace gs::close {

// The command of `key`; absent if it is unset or skip.
[[nodiscard]] std::optional<std::string> tool_command(const Context& context, std::string_view key);

// Passes the session as JSON (docs/formats.md, "Programs that review and discover") to a configured
// program and returns its answer; an answer of the same program to exactly the same content in this
// close is reused.
[[nodiscard]] checks::ToolAnswer ask_external_tool(Context& context, std::string_view key,
                                                   const std::string& command,
                                                   const std::vector<std::string_view>& keys);

}  // namespace gs::close
