#include "cli/command.h"

#include <algorithm>

#include "cli/terminal.h"
#include "cli/usage.h"

namespace gs::cli {

namespace {

// `help snapshot restore` opens the page of `snapshot`, which has both.
void explain(const CLI::App& root, const std::vector<std::string>& words, Invocation& invocation) {
  invocation.manual = "git-session";
  invocation.explained = &root;
  for (const std::string& word : words) {
    const CLI::App* command = nullptr;
    for (const CLI::App* each : invocation.explained->get_subcommands({})) {
      if (each->get_name() == word) command = each;
    }
    if (command == nullptr) {
      const UsageProblem problem = unknown_command(*invocation.explained, word);
      throw usage_error(problem.message).with_hint(problem.hint);
    }
    if (invocation.explained == &root) invocation.manual += "-" + word;
    invocation.explained = command;
  }
}

void add_help(CLI::App& app, Invocation& invocation) {
  const auto words = std::make_shared<std::vector<std::string>>();
  app.add_option("command", *words, "Command to explain")->type_name("COMMAND");
  app.callback([&app, &invocation, words] { explain(*app.get_parent(), *words, invocation); });
}

}  // namespace

const std::vector<Command>& commands() {
  constexpr std::string_view kSetUp = "Set up";
  constexpr std::string_view kWork = "Work";
  constexpr std::string_view kEnd = "Close";
  constexpr std::string_view kLookBack = "Look back";
  constexpr std::string_view kMore = "More";
  static const std::vector<Command> table = {
      {"init", "Set up a repository for sessions", add_init, kSetUp},
      {"config", "Show and set the Session Config", add_config, kSetUp},
      {"hooks", "Install and check the git hooks", add_hooks, kSetUp},
      {"doctor", "Find problems, and say how to fix them", add_doctor, kSetUp},
      {"start", "Open a session", add_start, kWork},
      {"status", "Show the session at a glance", add_status, kWork},
      {"plan", "Show and change the session's plan", add_plan, kWork},
      {"claim", "Claim changed files for the session", add_claim, kWork},
      {"scope", "Set which files may be changed, and check changes against it", add_scope, kWork},
      {"snapshot", "Save the dirty tree without touching it", add_snapshot, kWork},
      {"learn", "Note what the session has learned", add_learn, kWork},
      {"pause", "Set the session aside", add_pause, kWork},
      {"resume", "Resume a paused session", add_resume, kWork},
      {"close", "Check, commit, push and report the session", add_close, kEnd},
      {"undo", "Take the last close back", add_undo, kEnd},
      {"abandon", "End a session without a close", add_abandon, kEnd},
      {"log", "List the sessions that have ended", add_log, kLookBack},
      {"show", "Show the report of a session that has ended", add_show, kLookBack},
      {"issue", "List, show, file and close issues", add_issue, kMore},
      {"records", "Move the records between their two homes", add_records, kMore},
      {"gc", "Delete expired snapshots and stale records", add_gc, kMore},
      {"help", "Open the manual page of a command", add_help, kMore},
      {"hook", "Called by installed hooks", add_hook, ""},
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
  app.footer(
      "For example:\n"
      "    git session start --title 'Faster start'\n"
      "    git session close --dry-run\n"
      "    git session close");
  // `help` needs the usage of any of them: the manual page may not be installed.
  const bool is_decided =
      first_word == "--version" ||
      std::any_of(commands().begin(), commands().end(), [&](const Command& command) {
        return command.name == first_word && first_word != "help";
      });
  for (const Command& command : commands()) {
    if (is_decided && command.name != first_word) continue;
    CLI::App* sub = app.add_subcommand(std::string(command.name), std::string(command.summary));
    sub->group(std::string(command.group));
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
