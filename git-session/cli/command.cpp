#include "cli/command.h"

#include <algorithm>

#include "cli/terminal.h"

namespace gs::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> table = {
      {"init", "set a repository up for sessions", add_init},
      {"start", "open a session", add_start},
      {"status", "show the session at a glance", add_status},
      {"snapshot", "save the dirty tree without touching it", add_snapshot},
      {"learn", "note what the session has learned", add_learn},
      {"gc", "delete expired snapshots and stale records", add_gc},
      {"close", "prove, commit, push and report the session", add_close},
      {"hooks", "install and check the git hooks", add_hooks},
      {"scope", "say which files may be changed, and check it", add_scope},
      {"issue", "list, show, file and close issues", add_issue},
      {"config", "show and set the Session Config", add_config},
      {"hook", "what an installed git hook runs", add_hook},
  };
  return table;
}

void add_common_options(CLI::App& app, Invocation& invocation) {
  Common& common = invocation.common;
  app.set_help_flag("-h", "Print a short usage");
  app.add_flag_callback(
      "--help",
      [&invocation, &app] {
        const std::string name = app.get_parent() == nullptr ? "" : "-" + app.get_name();
        if (invocation.manual.empty()) invocation.manual = "git-session" + name;
      },
      "Open the manual page");
  app.add_flag("--json", common.json, "Print one JSON document on standard output");
  app.add_flag("-q,--quiet", common.quiet, "Print only errors");
  app.add_flag("-v,--verbose", common.verbose, "Print more");
  app.add_flag_callback(
      "--progress", [&common] { common.progress = true; },
      "Show progress even where standard error is no terminal");
  app.add_flag_callback(
      "--no-progress", [&common] { common.progress = false; }, "Show no progress");
  app.add_option("--state-dir", common.state_dir, "Name of the state directory")->type_name("DIR");
}

namespace {

// "usage: git session close [options]", as git's commands begin.
class UsageFormatter : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App* app, std::string) const override {
    std::string words;
    for (const CLI::App* at = app; at != nullptr; at = at->get_parent()) {
      words = at->get_name() + (words.empty() ? "" : " ") + words;
    }
    words += " [options]";
    for (const CLI::Option* option :
         app->get_options([](const CLI::Option* o) { return o->get_positional(); })) {
      words += " " + make_option_usage(option);
    }
    if (!app->get_subcommands({}).empty()) words += " [COMMAND]";
    return "usage: " + words + "\n";
  }
};

}  // namespace

void build_tree(CLI::App& app, Invocation& invocation, std::string_view first_word) {
  app.name("git session");
  app.formatter(std::make_shared<UsageFormatter>());
  app.require_subcommand(0, 1);
  add_common_options(app, invocation);
  app.add_flag("--version", invocation.version, "Print the version");
  const bool is_decided =
      first_word == "--version" ||
      std::any_of(commands().begin(), commands().end(),
                  [&](const Command& command) { return command.name == first_word; });
  for (const Command& command : commands()) {
    if (is_decided && command.name != first_word) continue;
    CLI::App* sub = app.add_subcommand(std::string(command.name), std::string(command.summary));
    add_common_options(*sub, invocation);
    command.add(*sub, invocation);
  }
}

void print_json(std::string_view command, const Json& fields) {
  Json document = {{"schema", "git-session/" + std::string(command) + "/1"}};
  document.update(fields);
  print_line(formats::to_json_text(document));
}

}  // namespace gs::cli
