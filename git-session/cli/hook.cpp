#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/file/file.h"
#include "base/process/process.h"
#include "cli/command.h"
#include "cli/offers.h"
#include "cli/terminal.h"
#include "formats/json.h"
#include "githooks/hooks.h"

namespace gs::cli {
namespace {

constexpr std::size_t kLargestCall = std::size_t{1} << 20U;
constexpr std::chrono::seconds kPatience(5);

githooks::ToolAnswer denied(const char* reason) {
  githooks::ToolAnswer answer;
  answer.denied = true;
  answer.reason = reason;
  return answer;
}

githooks::ToolAnswer judge() {
  const BoundedInput input = read_bounded(STDIN_FILENO, kLargestCall, kPatience);
  switch (input.end) {
    case BoundedInput::End::TooLarge:
      return denied("the tool call is larger than 1 MiB");
    case BoundedInput::End::TooSlow:
      return denied("the tool call did not come within 5 seconds");
    case BoundedInput::End::Failed:
      return denied("the tool call cannot be read");
    case BoundedInput::End::Complete:
      break;
  }
  return githooks::pre_tool_use(input.text, real_path("."), SystemClock());
}

// `git session hook pre-tool-use`: judges the coding agent's tool call on standard input. Exit code
// 0 allows it; 2 denies it, with the reason as JSON on standard output and as text on standard
// error, where agents read it.
ExitCode run_pre_tool_use() {
  githooks::ToolAnswer answer;
  try {
    answer = judge();
  } catch (const std::exception& error) {
    answer = denied(error.what());
  }
  for (const std::string& text : answer.warnings) warning(text);
  if (!answer.denied) return ExitCode::Done;
  print_line(formats::to_json_line({{"permissionDecision", "deny"}, {"reason", answer.reason}}));
  print_error("error: " + answer.reason + "\n");
  return ExitCode::DecisionNeeded;
}

std::string read_standard_input() {
  std::string input;
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t count = read(STDIN_FILENO, buffer.data(), buffer.size());
    if (count > 0) {
      input.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (count == 0) {
      return input;
    } else if (errno != EINTR) {
      throw system_error("read", "standard input", errno);
    }
  }
}

githooks::HookAnswer post_commit(const githooks::HookCall& call) {
  return githooks::post_commit(call, SystemClock());
}

// Git's hooks.
struct GitHook {
  std::string_view name;
  githooks::HookAnswer (*run)(const githooks::HookCall& call);
  bool reads_input = false;
  bool fails_closed = false;  // what was not checked must not pass
};
constexpr std::array<GitHook, 4> kGitHooks{{{"post-commit", post_commit},
                                            {"pre-push", githooks::pre_push, true, true},
                                            {"pre-commit", githooks::pre_commit},
                                            {"post-index-change", githooks::post_index_change}}};

void print_answer(const githooks::HookAnswer& answer) {
  for (const githooks::Line& line : answer.lines) {
    switch (line.say) {
      case githooks::Say::Error:
        print_error("error: " + line.text + "\n");
        break;
      case githooks::Say::Warning:
        warning(line.text);
        break;
      case githooks::Say::Hint:
        hint(line.text);
        break;
      case githooks::Say::Detail:
        print_error(line.text + "\n");
        break;
    }
  }
}

// A failure of our own. It stops only what could not be taken back.
ExitCode fail(const GitHook& hook, const std::string& message, const std::string& advice) {
  if (!hook.fails_closed) {
    warning("git-session's " + std::string(hook.name) + " did not run: " + message);
    return ExitCode::Done;
  }
  print_error("error: git-session cannot check what is pushed: " + message + "\n");
  if (!advice.empty()) hint(advice);
  hint("to push unchecked: 'git push --no-verify', or GIT_SESSION_HOOKS=0 for this command");
  return ExitCode::No;
}

ExitCode run_one(const GitHook& hook, std::vector<std::string> arguments) {
  try {
    const githooks::HookAnswer answer = hook.run(githooks::gather_call(
        std::move(arguments), hook.reads_input ? read_standard_input() : std::string()));
    print_answer(answer);
    return answer.refused ? ExitCode::No : ExitCode::Done;
  } catch (const Error& error) {
    return fail(hook, error.message(), error.hint());
  } catch (const std::exception& error) {
    return fail(hook, error.what(), "");
  }
}

// What an installed git hook runs; absent if there is no such hook of ours.
std::optional<ExitCode> run_git_hook(std::string_view name, std::vector<std::string> arguments) {
  for (const GitHook& hook : kGitHooks) {
    if (hook.name == name) return run_one(hook, std::move(arguments));
  }
  return std::nullopt;
}

// `git session hook complete snapshots`, for completions: one a line.
ExitCode run_complete(const Common& common, const std::vector<std::string>& arguments) {
  const std::string kind = arguments.empty() ? "" : arguments.front();
  for (const std::string& word : offered(kind, common)) print_line(word);
  return ExitCode::Done;
}

ExitCode run_hook(const Common& common, const std::string& name,
                  std::vector<std::string> arguments) {
  if (environment_variable("GIT_SESSION_HOOKS") == "0") return ExitCode::Done;
  if (name == "pre-tool-use") return run_pre_tool_use();
  if (name == "complete") return run_complete(common, arguments);
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
    invocation.run = [&invocation, options] {
      return run_hook(invocation.common, options->name, options->arguments);
    };
  });
}

}  // namespace gs::cli
