#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "formats/json.h"
#include "session/selection.h"

namespace gs::cli {

// Options that every command has.
struct Common {
  bool json = false;
  bool quiet = false;
  int verbose = 0;
  std::optional<bool> progress;  // absent: when stderr is a terminal
  session::Selection selection;
};

// The parsed command line: what main runs.
struct Invocation {
  Common common;
  bool version = false;
  std::string manual;  // `--help` was given: the page to show ("git-session-close")
  const CLI::App* explained = nullptr;  // by `help`: its usage is shown where the page is missing
  std::function<ExitCode()> run;
};

// One subcommand: its row in the command tree.
struct Command {
  std::string_view name;
  std::string_view summary;  // one line
  void (*add)(CLI::App& app, Invocation& invocation);
  std::string_view group;  // the heading in the usage; "": not for people
};
[[nodiscard]] const std::vector<Command>& commands();

// The whole tree; callbacks fill `invocation`. If the first word is a command's name, or the only
// word is "--version", only what that needs has options.
void build_tree(CLI::App& app, Invocation& invocation, std::string_view first_word = {});
void add_common_options(CLI::App& app, Invocation& invocation);

// Each is in the file of its name.
void add_init(CLI::App& app, Invocation& invocation);
void add_start(CLI::App& app, Invocation& invocation);
void add_status(CLI::App& app, Invocation& invocation);
void add_plan(CLI::App& app, Invocation& invocation);
void add_snapshot(CLI::App& app, Invocation& invocation);
void add_claim(CLI::App& app, Invocation& invocation);
void add_learn(CLI::App& app, Invocation& invocation);
void add_pause(CLI::App& app, Invocation& invocation);
void add_resume(CLI::App& app, Invocation& invocation);
void add_gc(CLI::App& app, Invocation& invocation);
void add_close(CLI::App& app, Invocation& invocation);
void add_undo(CLI::App& app, Invocation& invocation);
void add_abandon(CLI::App& app, Invocation& invocation);
void add_log(CLI::App& app, Invocation& invocation);
void add_show(CLI::App& app, Invocation& invocation);
void add_hooks(CLI::App& app, Invocation& invocation);
void add_scope(CLI::App& app, Invocation& invocation);
void add_issue(CLI::App& app, Invocation& invocation);
void add_records(CLI::App& app, Invocation& invocation);
void add_config(CLI::App& app, Invocation& invocation);
void add_doctor(CLI::App& app, Invocation& invocation);
void add_hook(CLI::App& app, Invocation& invocation);

inline constexpr std::string_view kStream = "-";  // the file that is standard input or output

// One JSON document on stdout; `schema` is "git-session/<command>/1".
void print_json(std::string_view command, const Json& fields);

}  // namespace gs::cli
