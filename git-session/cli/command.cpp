#include "cli/command.h"

#include <algorithm>

#include "cli/terminal.h"
#include "cli/usage.h"

namespace gs::cli {

namespace {

void add_help(CLI::App& app, Invocation& invocation) {
  const auto name = std::make_shared<std::string>();
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  app.add_option("command", *name, "Command to explain")
      ->type_name("COMMAND")
      ->check(one_of(std::move(names)));
  app.callback([&invocation, name] {
    invocation.manual = "git-session" + (name->empty() ? "" : "-" + *name);
  });
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> table = {
      {"init", "Set up a repository for sessions", add_init},
      {"start", "Open a session", add_start},
      {"status", "Show the session at a glance", add_status},
      {"plan", "Show and change the session's plan", add_plan},
      {"snapshot", "Save the dirty tree without touching it", add_snapshot},
      {"claim", "Claim changed files for the session", add_claim},
      {"learn", "Note what the session has learned", add_learn},
      {"pause", "Set the session aside", add_pause},
      {"resume", "Resume a paused session", add_resume},
      {"gc", "Delete expired snapshots and stale records", add_gc},
      {"close", "Check, commit, push and report the session", add_close},
      {"undo", "Take the last close back", add_undo},
      {"abandon", "End a session without a close", add_abandon},
      {"log", "List the sessions that have ended", add_log},
      {"show", "Show the report of a session that has ended", add_show},
      {"hooks", "Install and check the git hooks", add_hooks},
      {"scope", "Set which files may be changed, and check changes against it", add_scope},
      {"issue", "List, show, file and close issues", add_issue},
      {"records", "Move the records between their two homes", add_records},
      {"config", "Show and set the Session Config", add_config},
      {"doctor", "Find problems, and say how to fix them", add_doctor},
      {"help", "Open the manual page of a command", add_help},
      {"hook", "Called by installed hooks", add_hook},
  };
  return table;
}

void add_common_options(CLI::App& app, Invocation& invocation) {
  Common& common = invocation.common;
  const std::string own_group = app.option_defaults()->get_group();
  app.option_defaults()->group(kCommonGroup);
  app.set_help_flag("-h", "Print a short usage");
  app.add_flag_callback(
      "--help",
      [&invocation, &app] {
        // One manual page covers a command and its subcommands: `snapshot list --help` opens
        // git-session-snapshot.
        const CLI::App* command = nullptr;
        for (const CLI::App* at = &app; at->get_parent() != nullptr; at = at->get_parent())
          command = at;
        invocation.manual = "git-session" + (command == nullptr ? "" : "-" + command->get_name());
      },
      "Open the manual page");
  app.add_flag("--json", common.json, "Print one JSON document on standard output");
  app.add_flag("-q,--quiet", common.quiet, "Print only errors and what was asked for");
  app.add_flag("-v,--verbose", common.verbose, "Print more");
  app.add_flag_callback(
      "--progress", [&common] { common.progress = true; },
      "Show progress even where standard error is not a terminal");
  app.add_flag_callback(
      "--no-progress", [&common] { common.progress = false; }, "Show no progress");
  app.add_option("--session", common.selection.session, "Session to use, by id or name")
      ->type_name("SESSION");
  app.add_option("--state-dir", common.selection.state_dir, "Name of the state directory")
      ->type_name("DIR");
  app.option_defaults()->group(own_group);
}

void build_tree(CLI::App& app, Invocation& invocation, std::string_view first_word) {
  app.name("git session");
  app.formatter(std::make_shared<UsageFormatter>(output_columns()));
  app.require_subcommand(0, 1);
  add_common_options(app, invocation);
  app.add_flag("--version", invocation.version, "Print the version");
  // `help` needs the usage of any of them: the manual page may not be installed.
  const bool is_decided =
      first_word == "--version" ||
      std::any_of(commands().begin(), commands().end(), [&](const Command& command) {
        return command.name == first_word && first_word != "help";
      });
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
