#include "git/command.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <thread>

#include "base/screen.h"
#include "base/text.h"

namespace gs::git {
namespace {

using std::chrono::milliseconds;

std::string_view without_prefix(std::string_view line) {
  for (const std::string_view prefix : {"fatal: ", "error: ", "warning: "}) {
    if (line.starts_with(prefix)) return line.substr(prefix.size());
  }
  return line;
}

// "update-index" of {"-c", "core.x=y", "update-index", …}.
std::string subcommand_of(const std::vector<std::string>& args) {
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (args[i] == "-c") {
      ++i;
    } else if (!args[i].starts_with('-')) {
      return args[i];
    }
  }
  return "git";
}

}  // namespace

ProcessResult GitCommand::run(std::vector<std::string> args, ProcessOptions options) const {
  std::vector<std::string> argv{"git", "-C", directory_};
  if (!options.inherit_output) {
    argv.emplace_back("--no-pager");
    options.environment.try_emplace("LC_ALL", "C");
  }
  options.environment.try_emplace("GIT_OPTIONAL_LOCKS", "0");
  options.ends_itself = true;
  // Git has to read all of its input: paths, refs, a message.
  options.needs_input_read = true;
  options.environment.insert(environment_.begin(), environment_.end());
  argv.insert(argv.end(), std::make_move_iterator(args.begin()),
              std::make_move_iterator(args.end()));
  ProcessResult result = run_process(argv, options);
  if (result.exit_status == 127 && !find_program("git")) {
    throw fatal("the git program was not found on PATH").with_hint("install git");
  }
  return result;
}

std::string GitCommand::output(std::vector<std::string> args, ProcessOptions options) const {
  options.output_limit = std::numeric_limits<std::size_t>::max();
  const std::string subcommand = subcommand_of(args);
  ProcessResult result = run(std::move(args), std::move(options));
  if (!result.ok()) throw git_failure(subcommand, result);
  return std::move(result.out);
}

std::string git_words(const ProcessResult& result) {
  const std::string clean = escape_hidden(result.err.empty() ? result.out : result.err);
  std::string words;
  for (const std::string_view raw : split_lines(clean)) {
    const std::string_view line = trim(without_prefix(raw));
    if (line.empty() || line.starts_with("hint: ")) continue;
    if (!words.empty()) words += "; ";
    words += line;
  }
  while (words.ends_with('.')) words.pop_back();
  return words.empty() ? result.describe() : words;
}

bool failed_on_a_lock(const ProcessResult& result) {
  if (result.ok()) return false;
  const std::string_view words = result.err;
  return words.find(".lock': File exists") != std::string_view::npos ||
         (words.find("could not lock") != std::string_view::npos &&
          words.find("File exists") != std::string_view::npos);
}

ProcessResult run_until_unlocked(const GitCommand& git, const std::vector<std::string>& args,
                                 const ProcessOptions& options) {
  constexpr milliseconds kPatience{2000};
  milliseconds waited{0};
  for (milliseconds pause{20};; pause = std::min(2 * pause, milliseconds{250})) {
    ProcessResult result = git.run(args, options);
    if (!failed_on_a_lock(result) || waited >= kPatience) return result;
    std::this_thread::sleep_for(pause);
    waited += pause;
  }
}

Error git_failure(std::string_view subcommand, const ProcessResult& result) {
  if (result.interrupted) return fatal("interrupted");
  std::string message = "git ";
  message += subcommand;
  message += ": ";
  if (result.signal != 0 || result.timed_out || result.input_refused)
    return fatal(message + result.describe());
  if (failed_on_a_lock(result)) {
    for (const std::string_view line : split_lines(result.err)) {
      if (line.find("File exists") == std::string_view::npos) continue;
      message += without_prefix(line);
      break;
    }
    while (message.ends_with('.')) message.pop_back();
    return fatal(message).with_hint(
        "another git command is using the repository; if none is, remove that lock file");
  }
  return fatal(message + git_words(result));
}

bool require_answer(std::string_view subcommand, const ProcessResult& result) {
  if (result.ok()) return true;
  if (result.ended_with(1)) return false;
  throw git_failure(subcommand, result);
}

const std::vector<std::string>& local_environment_variables() {
  static const std::vector<std::string> kNames{
      "GIT_ALTERNATE_OBJECT_DIRECTORIES",
      "GIT_CONFIG",
      "GIT_CONFIG_PARAMETERS",
      "GIT_CONFIG_COUNT",
      "GIT_OBJECT_DIRECTORY",
      "GIT_DIR",
      "GIT_WORK_TREE",
      "GIT_IMPLICIT_WORK_TREE",
      "GIT_GRAFT_FILE",
      "GIT_INDEX_FILE",
      "GIT_NO_REPLACE_OBJECTS",
      "GIT_REPLACE_REF_BASE",
      "GIT_PREFIX",
      "GIT_SHALLOW_FILE",
      "GIT_COMMON_DIR",
      "GIT_INTERNAL_SUPER_PREFIX",
  };
  return kNames;
}

}  // namespace gs::git
