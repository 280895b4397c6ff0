#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/layer.h"

namespace gs::session {

// What a project is built with, detected from the files at the top of its tree.
struct Stack {
  std::string name;                                  // "pnpm", "cargo", "cmake", …
  std::string evidence;                              // the file that says so
  std::optional<std::string> test, typecheck, lint;  // shell commands
};
// The most specific one with tests, else with any command; absent without a known build file.
[[nodiscard]] std::optional<Stack> detect_stack(const std::string& work_tree);
[[nodiscard]] config::Layer stack_layer(const std::optional<Stack>& stack);

}  // namespace gs::session
