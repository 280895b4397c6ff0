#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/json.h"

namespace gs::checks {

// The counts that a test runner printed.
struct TestCounts {
  std::string runner;  // "ctest", "pytest", "jest", "vitest", "cargo", "go", "plain"
  std::size_t passed = 0, failed = 0, skipped = 0;
};
// From the runner's closing lines; absent if none are recognised. Several summaries (cargo, go
// packages) add up.
[[nodiscard]] std::optional<TestCounts> parse_test_counts(std::string_view output);

enum class RunOutcome { Passed, Failed, TimedOut, Interrupted, NotRun };
[[nodiscard]] std::string_view run_outcome_name(RunOutcome outcome);  // "passed", "failed", …

struct CommandRun {
  std::string command;
  RunOutcome outcome = RunOutcome::Passed;
  int exit_status = 0;
  // "exit status 3", "timed out after 30 s", "exit status 127: a command was not found", …
  std::string ending;
  std::chrono::milliseconds duration{};
  std::optional<TestCounts> counts;
  std::vector<std::string> last_lines;  // at most 20, without terminal controls
  std::string output;                   // as captured
};
// Whether the shell, or what the command starts, did not find or could not execute a program.
[[nodiscard]] bool lacks_program(const CommandRun& run);
// The whole output as a person may read it: what a terminal would show of each line, without
// secrets.
[[nodiscard]] std::string shown_output(const CommandRun& run);
[[nodiscard]] Json to_json(const CommandRun& run);
[[nodiscard]] std::optional<CommandRun> command_run_from_json(
    const Json& value);  // without `output`

// Called while a command runs, with its last line of output so far and the time since its start;
// `chunk` is what just arrived.
using CommandObserver = std::function<void(std::string_view chunk, std::string_view last_line,
                                           std::chrono::milliseconds elapsed)>;

// Where a command runs.
struct CommandPlace {
  std::string directory;
  // Changes to our environment; absent: the variable is unset.
  std::map<std::string, std::optional<std::string>> environment = {};
};
// A directory in the place of the work tree: variables that name the work tree (PATH, VIRTUAL_ENV,
// PYTHONPATH) name it. None does if the work tree holds the user's home directory: then they name
// much that is not the work tree's.
[[nodiscard]] CommandPlace stand_in_for(const std::string& work_tree, const std::string& directory);

// Runs a configured command (`bash -c`, or `sh -c` without bash) there, in its own process group,
// without git's local environment variables. Stdin is empty, stdout and stderr are combined.
[[nodiscard]] CommandRun run_command(const std::string& command, const CommandPlace& place,
                                     std::optional<std::chrono::milliseconds> timeout,
                                     const CommandObserver& observer);

}  // namespace gs::checks
