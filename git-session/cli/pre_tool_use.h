#pragma once

#include "base/error.h"

namespace gs::cli {

// `git session hook pre-tool-use`: judges the coding agent's tool call on standard input. Exit code
// 0 lets it happen; 2 does not, with the reason as JSON on standard output and as text on standard
// error, which is what the agents read.
[[nodiscard]] ExitCode run_pre_tool_use();

}  // namespace gs::cli
