#include "git/command.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "base/error.h"
#include "base/text.h"
#include "support/scoped_environment.h"
#include "support/temp_repo.h"

using gs::git::GitCommand;
using gs::test::TempRepo;

namespace {

std::string message_of(const GitCommand& git, const std::vector<std::string>& args) {
  try {
    static_cast<void>(git.output(args));
  } catch (const gs::Error& error) {
    return error.message();
  }
  return "no error";
}

}  // namespace

TEST_CASE("git runs where it is told, in a language that can be parsed, without optional locks") {
  TempRepo repo;
  repo.git({"config", "alias.show-environment",
            "!printf '%s|%s|%s' \"$LC_ALL\" \"$GIT_OPTIONAL_LOCKS\" \"$PWD\""});
  const GitCommand git(repo.path());
  CHECK(git.output({"show-environment"}) == "C|0|" + repo.path());
  gs::ProcessOptions options;
  options.environment["GIT_OPTIONAL_LOCKS"] = "1";
  CHECK(git.output({"show-environment"}, options) == "C|1|" + repo.path());
}

TEST_CASE("the environment that a program was made with reaches git, unless a run says otherwise") {
  TempRepo repo;
  TempRepo other;
  const GitCommand git(repo.path(), {{"GIT_DIR", other.path(".git")}});
  CHECK(gs::trim(git.output({"rev-parse", "--absolute-git-dir"})) == other.path(".git"));
  gs::ProcessOptions options;
  options.environment["GIT_DIR"] = repo.path(".git");
  CHECK(gs::trim(git.output({"rev-parse", "--absolute-git-dir"}, options)) == repo.path(".git"));
}

TEST_CASE("a failing git is told in its own words") {
  TempRepo repo;
  const GitCommand git(repo.path());
  CHECK(message_of(git, {"-c", "a.b=c", "rev-parse", "--verify", "nothing"}) ==
        "git rev-parse: Needed a single revision");
  CHECK_FALSE(git.run({"rev-parse", "--verify", "nothing"}).ok());
}

TEST_CASE("output of any size arrives whole") {
  TempRepo repo;
  const std::size_t size = (64U << 20U) + 1234567;
  repo.write("big", std::string(size, 'x'));
  const std::string id = repo.git({"hash-object", "-w", "big"});
  CHECK(GitCommand(repo.path()).output({"cat-file", "blob", id}).size() == size);
}

TEST_CASE("a lock that somebody holds for a moment is waited for, and a stale one is named") {
  TempRepo repo;
  repo.write("a", "1\n");
  const GitCommand git(repo.path());
  repo.write(".git/index.lock", "");
  SUBCASE("let go of") {
    std::thread holder([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      unlink(repo.path(".git/index.lock").c_str());
    });
    const gs::ProcessResult result = gs::git::run_until_unlocked(git, {"add", "a"});
    holder.join();
    CHECK(result.ok());
  }
  SUBCASE("kept") {
    const gs::ProcessResult result = gs::git::run_until_unlocked(git, {"add", "a"});
    CHECK_FALSE(result.ok());
    const gs::Error error = gs::git::git_failure("add", result);
    CHECK(error.message().find("index.lock") != std::string::npos);
    CHECK(error.hint().find("another git command") != std::string::npos);
  }
}

TEST_CASE("the variables that bind git to a repository are those that git names") {
  TempRepo repo;
  const std::vector<std::string>& ours = gs::git::local_environment_variables();
  const std::string listing = repo.git({"rev-parse", "--local-env-vars"});
  for (const std::string_view name : gs::split_lines(listing)) {
    CAPTURE(name);
    CHECK(std::find(ours.begin(), ours.end(), name) != ours.end());
  }
  CHECK(std::find(ours.begin(), ours.end(), "GIT_PREFIX") != ours.end());
}

TEST_CASE("only an exit status of 0 or 1 is an answer") {
  gs::ProcessResult result;
  CHECK(gs::git::require_answer("x", result));
  result.exit_status = 1;
  CHECK_FALSE(gs::git::require_answer("x", result));
  result.exit_status = 128;
  CHECK_THROWS_AS(static_cast<void>(gs::git::require_answer("x", result)), gs::Error);
  result.exit_status = 1;
  result.input_refused = true;
  CHECK_THROWS_AS(static_cast<void>(gs::git::require_answer("x", result)), gs::Error);
  result = {};
  result.signal = 9;
  CHECK_THROWS_AS(static_cast<void>(gs::git::require_answer("x", result)), gs::Error);
}
