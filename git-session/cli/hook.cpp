#include <memory>

#include "base/process/process.h"
#include "cli/command.h"
#include "cli/git_hooks.h"
#include "cli/pre_tool_use.h"

namespace gs::cli {
namespace {

ExitCode run_hook(const std::string& name, std::vector<std::string> arguments) {
  if (environment_variable("GIT_SESSION_HOOKS") == "0") return ExitCode::Done;
  if (name == "pre-tool-use") return run_pre_tool_use();
  if (const auto exit_code = run_git_hook(name, std::move(arguments))) return *exit_code;
  throw usage_error("there is no hook '" + name + "'");
}

}  // namespace

void add_hook(CLI::App& app, Invocation& invocation) {
  struct Options {
    std::string name;
    std::vector<std::string> arguments;
  };
  auto options = std::make_shared<Options>();
  app.add_option("name", options->name, "Name of the hook")->required()->type_name("NAME");
  app.add_option("arguments", options->arguments, "What git gives to the hook")
      ->type_name("ARGUMENT");
  app.callback([options, &invocation] {
    invocation.run = [options] { return run_hook(options->name, options->arguments); };
  });
}

}  // namespace gs::cli
