#include "cli/run.h"
#include "checks/secrets/mask.h"

#include <algorithm>
#include <csignal>
#include <cstring>

#include "base/process/process.h"
#include "base/process/trace2.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "cli/usage.h"

namespace gs::cli {

namespace {

int code(ExitCode exit_code) {
  return static_cast<int>(exit_code);
}

int show_manual(const Invocation& invocation, const CLI::App& app) {
  ProcessOptions options;
  options.inherit_input = true;
  options.inherit_output = true;
  options.foreground = true;
  const ProcessResult shown = run_process({"man", invocation.manual}, options);
  if (shown.ok()) return code(ExitCode::Done);
  // No man(1), or the page is not installed.
  print((invocation.explained != nullptr ? *invocation.explained : innermost(app)).help());
  flush_output();
  return code(ExitCode::Done);
}

void report_error(const std::string& prefix, const std::string& message, const std::string& advice,
                  int exit_code, bool json) {
  if (json) {
    print_json(
        "error",
        {{"error", {{"message", message}, {"hint", text_or_null(advice)}, {"code", exit_code}}}});
  }
  const auto lines = split_lines(message);
  print_message(prefix, lines.empty() ? "" : lines.front());
  for (std::size_t i = 1; i < lines.size(); ++i) print_message("", lines[i]);
  if (!advice.empty()) hint(advice);
}

int fail(const Error& error, bool json) {
  const char* prefix = error.kind() == ErrorKind::Refused ? "error: " : "fatal: ";
  if (error.kind() == ErrorKind::Usage) prefix = "error: ";
  // Git's own words may hold the password of a URL.
  const std::string message = checks::mask_text(error.message());
  trace2::error(message);
  report_error(prefix, message, checks::mask_text(error.hint()), code(error.exit_code()), json);
  return code(error.exit_code());
}

int usage_failure(const CLI::App& app, const CLI::ParseError& error, bool json) {
  const UsageProblem problem = describe(app, error);
  trace2::error(problem.message);
  report_error("error: ", problem.message, problem.hint, code(ExitCode::Usage), json);
  return code(ExitCode::Usage);
}

bool asks_for_json(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--") == 0) return false;
    if (std::strcmp(argv[i], "--json") == 0) return true;
  }
  return false;
}

// The first word, if it alone decides what is run.
std::string_view deciding_word(int argc, char** argv) {
  const std::string_view word = argc > 1 ? argv[1] : "";
  return word == "--version" && argc > 2 ? "" : word;
}

// The words after the program's name, last first, as CLI11 takes them. What git gives to a hook is
// no option of ours: a remote may be called "--help".
std::vector<std::string> words_of(int argc, char** argv) {
  constexpr int kFirstOfHook = 3;
  std::vector<std::string> words(argv + 1, argv + std::max(argc, 1));
  const bool is_hook = argc > kFirstOfHook + 1 && words[0] == "hook" && !words[1].starts_with('-');
  if (is_hook) words.insert(words.begin() + kFirstOfHook - 1, "--");
  std::reverse(words.begin(), words.end());
  return words;
}

ExitCode run_command(Invocation& invocation, CLI::App& app) {
  if (invocation.version) {
    if (invocation.common.json) {
      print_json("version", {{"version", GIT_SESSION_VERSION}});
    } else {
      print_line("git-session " GIT_SESSION_VERSION);
    }
    return ExitCode::Done;
  }
  if (!invocation.run) {
    // `git session` alone is `git session status`.
    app.get_subcommand("status")->parse(std::vector<std::string>{});
  }
  return invocation.run();
}

// "session-snapshot-list"
std::string traced_name(const CLI::App& app) {
  std::string name = full_name(innermost(app)).substr(std::string_view("git ").size());
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

int run_parsed(CLI::App& app, Invocation& invocation, int argc, char** argv) {
  try {
    app.parse(words_of(argc, argv));
    if (!invocation.manual.empty()) return show_manual(invocation, app);
  } catch (const CLI::CallForHelp&) {
    print(innermost(app).help());
    flush_output();
    return code(ExitCode::Done);
  } catch (const CLI::ParseError& error) {
    // With --help, an incomplete command line is not an error.
    if (!invocation.manual.empty()) return show_manual(invocation, app);
    return usage_failure(app, error, asks_for_json(argc, argv));
  }
  if (trace2::is_on()) trace2::command_name(traced_name(app));
  const ExitCode exit_code = run_command(invocation, app);
  flush_output();
  return code(exit_code);
}

int run_arguments(int argc, char** argv) {
  CLI::App app("Close working sessions in git");
  Invocation invocation;
  try {
    build_tree(app, invocation, deciding_word(argc, argv));
    return run_parsed(app, invocation, argc, argv);
  } catch (const Error& error) {
    return fail(error, asks_for_json(argc, argv));
  } catch (const std::exception& error) {
    return fail(fatal(error.what()), asks_for_json(argc, argv));
  }
}

}  // namespace

int run_program(int argc, char** argv) {
  // A closed pipe must not kill the process in the middle of another write.
  (void)std::signal(SIGPIPE, SIG_IGN);
  for (const std::string& problem : trace2::begin(argc, argv, "git-session " GIT_SESSION_VERSION))
    warning(problem);
  const int exit_code = run_arguments(argc, argv);
  trace2::end(exit_code);
  return exit_code;
}

}  // namespace gs::cli
