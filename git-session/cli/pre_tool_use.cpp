#include "cli/pre_tool_use.h"

#include <unistd.h>

#include <chrono>

#include "base/file/bounded_input.h"
#include "base/file/file.h"
#include "cli/terminal.h"
#include "formats/json.h"
#include "githooks/agent/pre_tool_use.h"

namespace gs::cli {
namespace {

constexpr std::size_t kLargest = std::size_t{1} << 20U;
constexpr std::chrono::seconds kPatience(5);

githooks::ToolAnswer denied(const char* reason) {
  githooks::ToolAnswer answer;
  answer.denied = true;
  answer.reason = reason;
  return answer;
}

githooks::ToolAnswer judge() {
  const BoundedInput input = read_bounded(STDIN_FILENO, kLargest, kPatience);
  switch (input.end) {
    case BoundedInput::End::TooLarge:
      return denied("the tool call is larger than 1 MiB");
    case BoundedInput::End::TooSlow:
      return denied("the tool call did not come within 5 seconds");
    case BoundedInput::End::Failed:
      return denied("the tool call cannot be read");
    case BoundedInput::End::Complete:
      break;
  }
  return githooks::pre_tool_use(input.text, real_path("."), SystemClock());
}

}  // namespace

ExitCode run_pre_tool_use() {
  githooks::ToolAnswer answer;
  try {
    answer = judge();
  } catch (const std::exception& error) {
    answer = denied(error.what());
  }
  for (const std::string& text : answer.warnings) warning(text);
  if (!answer.denied) return ExitCode::Done;
  print_line(formats::to_json_line({{"permissionDecision", "deny"}, {"reason", answer.reason}}));
  print_error("error: " + answer.reason + "\n");
  return ExitCode::DecisionNeeded;
}

}  // namespace gs::cli
