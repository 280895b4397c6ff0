#include "session/stack/stack.h"

#include <array>
#include <set>
#include <utility>

#include "base/process/process.h"
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
  std::vector<Stack::Alternative> tested;
  for (const auto detect : kDetectors) {
    auto stack = detect(files);
    if (stack && stack->test) tested.push_back({*stack->test, stack->evidence});
    if (stack && (!best || weight(*stack) > weight(*best))) best = std::move(stack);
  }
  if (!best || !best->test) return best;
  for (Stack::Alternative& other : tested) {
    if (other.test != *best->test) best->alternatives.push_back(std::move(other));
  }
  return best;
}

Stack runnable_here(Stack stack, const std::string& work_tree) {
  const ProjectFiles files(work_tree);
  const auto is_there = [&files](const std::string& program) {
    if (program.find('/') == std::string::npos) return find_program(program).has_value();
    return files.has(program.substr(program.starts_with("./") ? 2 : 0));
  };
  const auto keep_if_there = [&](const char* gate, std::optional<std::string>& command) {
    if (!command) return;
    std::string program = command->substr(0, command->find(' '));
    if (is_there(program)) return;
    stack.missing.push_back({gate, *command, std::move(program)});
    command.reset();
  };
  keep_if_there("test", stack.test);
  keep_if_there("typecheck", stack.typecheck);
  keep_if_there("lint", stack.lint);
  return stack;
}

std::vector<std::string> dependency_directories(const std::string& work_tree) {
  // Not Gradle's .gradle, which is the state of its builds in that directory.
  struct Dependencies {
    std::optional<Stack> (*detect)(const ProjectFiles& files);
    std::vector<const char*> directories;
  };
  static const std::array<Dependencies, 7> kDependencies = {{{detect_node, {"node_modules"}},
                                                             {detect_deno, {"node_modules"}},
                                                             {detect_go, {"vendor"}},
                                                             {detect_composer, {"vendor"}},
                                                             {detect_mix, {"deps"}},
                                                             {detect_tox, {".venv", "venv"}},
                                                             {detect_pytest, {".venv", "venv"}}}};
  const ProjectFiles files(work_tree);
  std::set<std::string> names;
  for (const Dependencies& known : kDependencies) {
    if (known.detect(files)) names.insert(known.directories.begin(), known.directories.end());
  }
  return {names.begin(), names.end()};
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
