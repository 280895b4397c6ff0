#include "fuzz.h"
#include "githooks/agent/tool_call.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using gs::githooks::ToolCall;
  gs::fuzz::allow_error([&] {
    const ToolCall call = gs::githooks::parse_tool_call(gs::fuzz::text_of(data, size));
    gs::fuzz::require((call.kind == ToolCall::Kind::Edit) == !call.paths.empty());
    gs::fuzz::require(call.kind == ToolCall::Kind::Command || call.command.empty());
  });
  return 0;
}
