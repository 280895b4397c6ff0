#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/tool.h"
#include "close/context.h"

namespace gs::close {

// The command of `key`; absent where there is none or it says skip.
[[nodiscard]] std::optional<std::string> tool_command(const Context& context, std::string_view key);

// Gives the session as JSON (docs/formats.md, "Programs that review and discover") to a configured
// program and takes its answer; an answer that the same program gave in this close to exactly the
// same content counts again.
[[nodiscard]] checks::ToolAnswer ask_external_tool(Context& context, std::string_view key,
                                                   const std::string& command,
                                                   const std::vector<std::string_view>& keys);

}  // namespace gs::close
