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
  // Those that cannot run on this machine.
  struct Missing {
    std::string gate;     // "test"
    std::string command;  // "npm test"
    std::string program;  // "npm"
  };
  std::vector<Missing> missing = {};
  // Other ways to test it, each with its file.
  struct Alternative {
    std::string test;      // "make check"
    std::string evidence;  // "Makefile"
  };
  std::vector<Alternative> alternatives = {};
};
// The most specific one with tests, else with any command; absent without a known build file. What
// the others test with are its alternatives. A command works in a fresh clone, whatever a build has
// left in this one.
[[nodiscard]] std::optional<Stack> detect_stack(const std::string& work_tree);
// The same, with commands whose program this machine lacks among the missing ones.
[[nodiscard]] Stack runnable_here(Stack stack, const std::string& work_tree);
// Directories in which the stacks of the tree keep what they depend on, and nothing that they
// build: "node_modules", ".venv", "vendor". Names, for any directory of the tree.
[[nodiscard]] std::vector<std::string> dependency_directories(const std::string& work_tree);
[[nodiscard]] config::Layer stack_layer(const std::optional<Stack>& stack);

}  // namespace gs::session
