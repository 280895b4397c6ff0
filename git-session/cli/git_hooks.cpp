#include "cli/git_hooks.h"

#include <unistd.h>

#include <array>
#include <cerrno>

#include "cli/terminal.h"
#include "githooks/post_commit.h"
#include "githooks/post_index_change.h"
#include "githooks/pre_commit.h"
#include "githooks/pre_push.h"

namespace gs::cli {
namespace {

std::string read_standard_input() {
  std::string input;
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t count = read(STDIN_FILENO, buffer.data(), buffer.size());
    if (count > 0) {
      input.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (count == 0 || errno != EINTR) {
      return input;
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
};
constexpr std::array<GitHook, 4> kGitHooks{{{"post-commit", post_commit},
                                            {"pre-push", githooks::pre_push, true},
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

ExitCode run(const GitHook& hook, std::vector<std::string> arguments) {
  try {
    const githooks::HookAnswer answer = hook.run(githooks::gather_call(
        std::move(arguments), hook.reads_input ? read_standard_input() : std::string()));
    print_answer(answer);
    return answer.refused ? ExitCode::No : ExitCode::Done;
  } catch (const std::exception& error) {
    warning("git-session's " + std::string(hook.name) + " did not run: " + error.what());
    return ExitCode::Done;
  }
}

}  // namespace

std::optional<ExitCode> run_git_hook(std::string_view name, std::vector<std::string> arguments) {
  for (const GitHook& hook : kGitHooks) {
    if (hook.name == name) return run(hook, std::move(arguments));
  }
  return std::nullopt;
}

}  // namespace gs::cli
