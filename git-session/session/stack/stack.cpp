#include "session/stack/stack.h"

#include <array>
#include <utility>

#include "session/project_files.h"

namespace gs::session {

namespace {

// Most specific first: a Makefile often only wraps another one, and a package.json often only lists
// tools.
constexpr std::array kDetectors = {
    detect_node,   detect_deno,   detect_cargo, detect_go,       detect_maven,
    detect_gradle, detect_dotnet, detect_mix,   detect_composer, detect_tox,
    detect_pytest, detect_cmake,  detect_meson, detect_make,
};

// How much a stack says about the project: a package.json with only a formatter must not hide the
// tests of another stack.
int weight(const Stack& stack) {
  if (stack.test) return 2;
  return stack.typecheck || stack.lint ? 1 : 0;
}

}  // namespace

std::optional<Stack> detect_stack(const std::string& work_tree) {
  const ProjectFiles files(work_tree);
  std::optional<Stack> best;
  for (const auto detect : kDetectors) {
    auto stack = detect(files);
    if (stack && (!best || weight(*stack) > weight(*best))) best = std::move(stack);
  }
  return best;
}

config::Layer stack_layer(const std::optional<Stack>& stack) {
  config::Layer layer;
  if (!stack) return layer;
  const auto add = [&](const char* key, const std::optional<std::string>& command) {
    if (command) {
      layer.settings.push_back(
          {key, *command, config::Origin{"stack", stack->evidence, std::size_t{0}}});
    }
  };
  add("test-command", stack->test);
  add("typecheck-command", stack->typecheck);
  add("lint-command", stack->lint);
  return layer;
}

}  // namespace gs::session
