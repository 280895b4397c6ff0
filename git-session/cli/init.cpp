#include "workflow/init.h"

#include <algorithm>
#include <memory>

#include "cli/command.h"
#include "cli/hooks.h"
#include "cli/terminal.h"
#include "cli/usage.h"
#include "config/load.h"
#include "report/figures.h"
#include "session/state_directory.h"

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
    Json alternatives = Json::array();
    for (const session::Stack::Alternative& other : result.stack->alternatives)
      alternatives.push_back({{"test", other.test}, {"evidence", other.evidence}});
    stack = {
        {"name", result.stack->name},          {"evidence", result.stack->evidence},
        {"test", or_null(result.stack->test)}, {"typecheck", or_null(result.stack->typecheck)},
        {"lint", or_null(result.stack->lint)}, {"missing", missing_to_json(result.stack->missing)},
        {"alternatives", alternatives}};
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

// What a close runs, with what was found in its place.
class GatesPage {
 public:
  GatesPage(const workflow::InitResult& result, const config::SessionConfig& config,
            const Style& style)
      : stack_(result.stack ? *result.stack : session::Stack()), config_(config), style_(style) {}

  void print() const {
    print_line(report::pad("stack", 11) + (stack_.name.empty()
                                               ? std::string("none found")
                                               : stack_.name + " (" + stack_.evidence + ")"));
    row("test", stack_.test);
    for (const session::Stack::Alternative& other : stack_.alternatives)
      line("", "or '" + other.test + "' (" + other.evidence + ")", report::Tone::Dim);
    row("typecheck", stack_.typecheck);
    row("lint", stack_.lint);
  }

 private:
  void line(std::string_view name, std::string_view text, report::Tone tone) const {
    print_line(report::pad("  " + std::string(name), 13) +
               report::paint(report::hang(report::one_line(text), style_.columns, 13), tone,
                             style_.colour));
  }

  void row(std::string_view name, const std::optional<std::string>& found) const {
    const std::string key = std::string(name) + "-command";
    const std::optional<std::string> command = config_.text(key);
    if (command) {
      const bool is_as_found = command == found;
      const std::string origin = config_.at(key).origin.describe();
      line(name, *command + (is_as_found ? "" : "  (" + origin + ")"), report::Tone::Plain);
      if (found && !is_as_found) line("", "kept; found was '" + *found + "'", report::Tone::Dim);
      return;
    }
    std::string value = "none found";
    for (const session::Stack::Missing& missing : stack_.missing) {
      if (missing.gate == name)
        value = "not set: '" + missing.command + "' needs " + missing.program +
                ", which is not installed";
    }
    line(name, value, report::Tone::Dim);
  }

  session::Stack stack_;
  const config::SessionConfig& config_;
  const Style& style_;
};

// The user has seen the commands that were found, and what of them is in force is run without a
// question.
void trust_shown(const git::Repository& repository, const session::Stack& stack,
                 const config::SessionConfig& config) {
  session::Stack shown = stack;
  const auto keep = [&](const char* key, std::optional<std::string>& command) {
    if (config.text(key) != command) command.reset();
  };
  keep("test-command", shown.test);
  keep("typecheck-command", shown.typecheck);
  keep("lint-command", shown.lint);
  workflow::trust_stack(repository, shown);
}

void advise_gates(const config::SessionConfig& config) {
  const auto runs = [&](const char* key) {
    const auto command = config.text(key);
    return command && *command != "skip";
  };
  if (runs("test-command") || runs("typecheck-command") || runs("lint-command")) {
    hint("each close runs these commands; 'git session close --dry-run' tries them");
  }
  if (!config.text("test-command"))
    hint("no test command is set, so a close tests nothing: git session config test-command '…'");
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
  const bool agents_first = session::running_platform() == session::Platform::Codex;
  const config::SessionConfig in_force =
      config::load(repository, session::stack_layer(result.stack), agents_first, config);
  GatesPage(result, in_force, style).print();
  if (can_ask()) {
    // There is a user who reads this.
    if (result.stack) trust_shown(repository, *result.stack, in_force);
    offer_hooks(repository, config, style);
  }
  advise_gates(in_force);
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
