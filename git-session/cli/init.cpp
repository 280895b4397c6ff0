#include "workflow/init.h"

#include <algorithm>
#include <memory>

#include "cli/command.h"
#include "cli/hooks.h"
#include "cli/terminal.h"
#include "cli/usage.h"

namespace gs::cli {
namespace {

Json missing_to_json(const std::vector<session::Stack::Missing>& missing) {
  Json list = Json::array();
  for (const session::Stack::Missing& each : missing) {
    list.push_back({{"gate", each.gate}, {"command", each.command}, {"program", each.program}});
  }
  return list;
}

Json to_json(const workflow::InitResult& result) {
  Json actions = Json::array();
  for (const workflow::InitAction& action : result.actions) {
    actions.push_back(
        {{"file", action.file}, {"action", action.action}, {"detail", action.detail}});
  }
  Json stack;
  if (result.stack) {
    stack = {
        {"name", result.stack->name},          {"evidence", result.stack->evidence},
        {"test", or_null(result.stack->test)}, {"typecheck", or_null(result.stack->typecheck)},
        {"lint", or_null(result.stack->lint)}, {"missing", missing_to_json(result.stack->missing)}};
  }
  return {
      {"records", result.tracked ? "tracked" : "private"}, {"actions", actions}, {"stack", stack}};
}

void print_actions(const workflow::InitResult& result, const Style& style) {
  std::size_t width = 0;
  for (const workflow::InitAction& action : result.actions) {
    width = std::max(width, report::display_width(action.file));
  }
  for (const workflow::InitAction& action : result.actions) {
    const bool kept = action.action == "kept";
    const auto tone = kept ? report::Tone::Dim : report::Tone::Good;
    print_line(report::paint(report::pad(action.action, 9), tone, style.colour) + "  " +
               report::pad(action.file, width) + "  " +
               report::paint(action.detail, report::Tone::Dim, style.colour));
  }
}

void print_stack(const std::optional<session::Stack>& stack, const Style& style) {
  if (!stack) {
    print_line("stack      none found: gates are skipped until their commands are set");
    return;
  }
  print_line(report::pad("stack", 11) + stack->name + " (" + stack->evidence + ")");
  const auto row = [&](std::string_view name, const std::optional<std::string>& command) {
    std::string value = "none found";
    for (const session::Stack::Missing& missing : stack->missing) {
      if (missing.gate == name)
        value = "not set: '" + missing.command + "' needs " + missing.program +
                ", which is not installed";
    }
    print_line(report::pad("  " + std::string(name), 13) +
               (command ? *command : report::paint(value, report::Tone::Dim, style.colour)));
  };
  row("test", stack->test);
  row("typecheck", stack->typecheck);
  row("lint", stack->lint);
}

void advise(const workflow::InitResult& result) {
  std::string files;
  for (const workflow::InitAction& action : result.actions) {
    if (action.action != "kept" && action.file != workflow::kGitConfig) files += " " + action.file;
  }
  if (!files.empty()) hint("check the result, then 'git add" + files + "' and commit");
  hint("'git session start' opens a session");
}

struct InitOptions {
  std::optional<std::string> records;
  bool local = false;
};

ExitCode run_init(const Invocation& invocation, const InitOptions& options) {
  const git::Repository repository = git::Repository::open();
  workflow::InitRequest request;
  if (options.records) request.tracked = *options.records == "tracked";
  request.local = options.local;
  const workflow::InitResult result = workflow::init(repository, request, SystemClock());
  if (invocation.common.json) {
    print_json("init", to_json(result));
    return ExitCode::Done;
  }
  if (invocation.common.quiet) return ExitCode::Done;
  const std::vector<git::ConfigValue> config = git::read_all_config(repository.git());
  const Style style = detect_style(config);
  print_actions(result, style);
  print_stack(result.stack, style);
  if (can_ask()) {
    // There is a user who reads this.
    if (result.stack) {
      workflow::trust_stack(repository, *result.stack);
      print_line("           " +
                 report::hang("run at each close from now on; 'git session close --dry-run' tries "
                              "them",
                              style.columns, 11));
    }
    offer_hooks(repository, config, style);
  }
  advise(result);
  return ExitCode::Done;
}

}  // namespace

void add_init(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<InitOptions>();
  CLI::Option* records =
      app.add_option("--records", options->records,
                     "Where sessions keep their files: private (in the git directory) or tracked")
          ->type_name("HOME")
          ->check(one_of({"private", "tracked"}));
  app.add_flag("--local", options->local, "Set up only this clone, in git's configuration")
      ->excludes(records);
  app.callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run_init(invocation, *options); };
  });
}

}  // namespace gs::cli
