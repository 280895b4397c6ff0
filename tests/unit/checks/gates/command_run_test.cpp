#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include "base/file/file.h"
#include "checks/gates/command_run.h"

namespace gs::checks {
namespace {

using std::chrono::milliseconds;

CommandRun run(const std::string& command,
               std::optional<milliseconds> timeout = std::chrono::seconds(20)) {
  const TemporaryDirectory directory;
  return run_command(command, {directory.path()}, timeout, nullptr);
}

TEST_CASE("a command that succeeds passed, with its output and its counts") {
  const CommandRun result = run("echo building; echo '4 passed, 1 failed'");
  CHECK(result.outcome == RunOutcome::Passed);
  CHECK(result.exit_status == 0);
  CHECK(result.output == "building\n4 passed, 1 failed\n");
  REQUIRE(result.counts);
  CHECK(result.counts->passed == 4);
  CHECK(result.last_lines == std::vector<std::string>{"building", "4 passed, 1 failed"});
}

TEST_CASE("a command that fails says how it ended, stderr included") {
  const CommandRun result = run("echo out; echo wrong >&2; exit 3");
  CHECK(result.outcome == RunOutcome::Failed);
  CHECK(result.exit_status == 3);
  CHECK(result.ending == "exit status 3");
  CHECK(result.last_lines == std::vector<std::string>{"out", "wrong"});
}

TEST_CASE("a command that is not there or cannot be executed fails, and says so") {
  const CommandRun missing = run("no-such-command-anywhere --run");
  CHECK(missing.outcome == RunOutcome::Failed);
  CHECK(missing.ending == "exit status 127: a command was not found");
  CHECK(lacks_program(missing));
  const CommandRun directory = run("/");
  CHECK(directory.outcome == RunOutcome::Failed);
  CHECK(directory.ending == "exit status 126: a command could not be executed");
  CHECK(lacks_program(directory));
  CHECK_FALSE(lacks_program(run("exit 3")));
}

TEST_CASE("a command that takes too long is ended") {
  const CommandRun result = run("echo started; sleep 30", milliseconds(300));
  CHECK(result.outcome == RunOutcome::TimedOut);
  CHECK(result.duration < std::chrono::seconds(15));
  CHECK(result.last_lines == std::vector<std::string>{"started"});
}

TEST_CASE("a command that a signal ended has the status that a shell gives it") {
  const CommandRun result = run("kill -TERM $$");
  CHECK(result.outcome == RunOutcome::Failed);
  CHECK(result.exit_status == 143);
}

TEST_CASE("a command runs in the directory given, without input and without git's environment") {
  const TemporaryDirectory directory;
  setenv("GIT_DIR", "/somewhere/else/.git", 1);
  setenv("GIT_INDEX_FILE", "/somewhere/else/index", 1);
  const CommandRun result = run_command(
      "pwd -P; echo \"[${GIT_DIR-none}] [${GIT_INDEX_FILE-none}]\"; read -r line || echo no input",
      {directory.path()}, std::chrono::seconds(20), nullptr);
  unsetenv("GIT_DIR");
  unsetenv("GIT_INDEX_FILE");
  CHECK(result.output == real_path(directory.path()) + "\n[none] [none]\nno input\n");
}

TEST_CASE("of long output the last twenty lines are kept, fit to be shown") {
  const CommandRun result =
      run("seq 1 50; printf '\\033[31mred\\033[0m\\n10%%\\r55%%\\r100%%\\n   \\n\\n'");
  REQUIRE(result.last_lines.size() == 20);
  CHECK(result.last_lines.front() == "33");
  CHECK(result.last_lines[18] == "red");
  CHECK(result.last_lines.back() == "100%");
}

TEST_CASE("where the last lines name no place of a failure, the first that did are kept") {
  const CommandRun result =
      run("echo 'misc_tests.c:656: FAIL: Expected FALSE'; for i in $(seq 50); do echo \"$i "
          "passed\"; done; "
          "echo 'The following tests FAILED:'; exit 1");
  REQUIRE(result.last_lines.size() == 20);
  CHECK(result.last_lines[0] == "misc_tests.c:656: FAIL: Expected FALSE");
  CHECK(result.last_lines[1] == "…");
  CHECK(result.last_lines[2] == "34 passed");
  CHECK(result.last_lines.back() == "The following tests FAILED:");
  const CommandRun near = run(
      "echo 'a.c:1: error'; for i in $(seq 50); do echo \"$i passed\"; done; echo 'b.c:2: error'");
  CHECK(near.last_lines.front() == "32 passed");
}

TEST_CASE("a line without end is cut in what is kept of it") {
  const CommandRun result = run("head -c 100000 /dev/zero | tr '\\0' x");
  REQUIRE(result.last_lines.size() == 1);
  CHECK(result.last_lines.front().size() < 600);
  CHECK(result.output.size() == 100000);
}

TEST_CASE("the observer hears each piece and the last line so far") {
  const TemporaryDirectory directory;
  std::string heard;
  std::string last;
  std::size_t calls = 0;
  const CommandRun result = run_command(
      "echo one; sleep 0.3; printf 'two\\n\\n'; sleep 0.3; printf 'par'; sleep 0.3; printf 'tial'",
      {directory.path()}, std::chrono::seconds(20),
      [&](std::string_view chunk, std::string_view last_line, milliseconds elapsed) {
        heard += chunk;
        if (chunk.find("two") != std::string_view::npos) CHECK(last_line == "two");
        last = last_line;
        ++calls;
        CHECK(elapsed.count() >= 0);
      });
  CHECK(result.outcome == RunOutcome::Passed);
  CHECK(heard == result.output);
  CHECK(last == "partial");
  CHECK(calls > 4);
}

TEST_CASE("a run survives JSON, but for its output") {
  CommandRun original = run("echo '4 passed, 1 failed'; exit 2");
  const auto copy = command_run_from_json(to_json(original));
  REQUIRE(copy);
  CHECK(copy->command == original.command);
  CHECK(copy->outcome == RunOutcome::Failed);
  CHECK(copy->exit_status == 2);
  CHECK(copy->ending == original.ending);
  CHECK(copy->duration == original.duration);
  REQUIRE(copy->counts);
  CHECK(copy->counts->failed == 1);
  CHECK(copy->last_lines == original.last_lines);
  CHECK(copy->output.empty());

  original.counts.reset();
  CHECK_FALSE(command_run_from_json(to_json(original))->counts);
}

TEST_CASE("every outcome has a name that leads back to it") {
  for (const RunOutcome outcome :
       {RunOutcome::Passed, RunOutcome::Failed, RunOutcome::TimedOut, RunOutcome::Interrupted}) {
    CommandRun original;
    original.outcome = outcome;
    const auto copy = command_run_from_json(to_json(original));
    REQUIRE(copy);
    CHECK(copy->outcome == outcome);
  }
}

TEST_CASE("JSON that is not a run is refused") {
  Json broken = to_json(CommandRun{});
  broken["outcome"] = "fine";
  CHECK_FALSE(command_run_from_json(broken));
  broken = to_json(CommandRun{});
  broken.erase("duration_ms");
  CHECK_FALSE(command_run_from_json(broken));
  CHECK_FALSE(command_run_from_json(Json::array()));
  CHECK_FALSE(command_run_from_json(nullptr));
}

}  // namespace
}  // namespace gs::checks

TEST_CASE("variables that name the work tree name its stand-in") {
  const std::string home = getenv("HOME");
  setenv("HOME", "/home/person", 1);
  setenv("GS_TEST", "/repo/bin:/repo:/mnt/repo/x:/repo2:-I/repo/include --x=/repo/a", 1);
  setenv("GS_OTHER", "/mnt/repo", 1);
  const gs::checks::CommandPlace place = gs::checks::stand_in_for("/repo", "/there");
  CHECK(place.directory == "/there");
  CHECK(place.environment.at("GS_TEST") ==
        "/there/bin:/there:/mnt/repo/x:/repo2:-I/there/include --x=/there/a");
  CHECK_FALSE(place.environment.contains("GS_OTHER"));
  // A home directory that is a work tree has much that is not the work tree's.
  CHECK(gs::checks::stand_in_for("/home", "/there").environment.empty());
  CHECK(gs::checks::stand_in_for("/home/person", "/there").environment.empty());
  unsetenv("GS_TEST");
  unsetenv("GS_OTHER");
  setenv("HOME", home.c_str(), 1);
}
