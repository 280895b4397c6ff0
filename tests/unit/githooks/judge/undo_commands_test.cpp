#include "githooks/judge/undo_commands.h"

#include <doctest/doctest.h>

#include "support/temp_repo.h"

namespace gs::githooks {
namespace {

UndoRequest request_for(std::vector<RepoPath> paths) {
  UndoRequest request;
  request.commit = "1234567890";
  request.paths = std::move(paths);
  request.directory = "/repo/.git/git-session";
  return request;
}

}  // namespace

TEST_CASE("paths come out of a commit on the side of its parent") {
  const auto request = request_for({RepoPath("a"), RepoPath("b c")});
  CHECK(undo_commands(request) == std::vector<std::string>{"git reset -q HEAD~1 -- a 'b c'",
                                                           "git commit -q --amend --no-edit"});
  CHECK_FALSE(path_list(request));
}

TEST_CASE("a root commit has no parent to take paths from") {
  auto request = request_for({RepoPath("a")});
  request.root = true;
  CHECK(undo_commands(request).front() == "git rm -q --cached -f -- a");
  request.whole = true;
  CHECK(undo_commands(request) ==
        std::vector<std::string>{"git update-ref -d HEAD", "git reset -q -- a"});
}

TEST_CASE("what else is staged is kept out of the new commit") {
  auto request = request_for({RepoPath("a")});
  request.others_are_staged = true;
  const auto commands = undo_commands(request);
  REQUIRE(commands.size() == 4);
  for (std::size_t i = 0; i < 3; ++i) CHECK(commands[i].starts_with("GIT_INDEX_FILE="));
  CHECK(commands[3] == "git reset -q -- a");
}

TEST_CASE("a path is named as git reads it where the user stands") {
  CHECK(shell_pathspec(RepoPath("a"), "") == "a");
  CHECK(shell_pathspec(RepoPath("a"), "src/") == "':(top,literal)a'");
  CHECK(shell_pathspec(RepoPath("a*"), "") == "':(top,literal)a*'");
  CHECK(shell_pathspec(RepoPath(":a"), "") == "':(top,literal):a'");
}

TEST_CASE("a name that no terminal shows as it is goes into a file") {
  for (const std::string name : {"a\nb", "caf\xe9", "\x7f"}) {
    const auto request = request_for({RepoPath("plain"), RepoPath(name)});
    const auto list = path_list(request);
    REQUIRE(list);
    CHECK(*list == ":(top,literal)plain" + std::string(1, '\0') + ":(top,literal)" + name +
                       std::string(1, '\0'));
    CHECK(undo_commands(request).front() ==
          "git reset -q HEAD~1 --pathspec-file-nul "
          "--pathspec-from-file=/repo/.git/git-session/take-apart-1234567890");
  }
}

}  // namespace gs::githooks
