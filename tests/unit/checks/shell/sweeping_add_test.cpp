#include "checks/shell/command_guard.h"

#include <doctest/doctest.h>

using namespace gs::checks;

namespace {

std::optional<std::string> found_in(const char* line) {
  return find_sweeping_add(read_command_line(line), {"/repo", "/repo", ""});
}

}  // namespace

TEST_CASE("a sweeping add is found") {
  for (const char* line : {"git add -A",
                           "git add --all",
                           "git add .",
                           "git add ./",
                           "git add -u",
                           "git add --update",
                           "git add :/",
                           "git add *",
                           "git add '*'",
                           "git add -- .",
                           "git add -fA",
                           "git add -v .",
                           "git add ..",
                           "git add a.c .",
                           "git add ':!x'",
                           "git stage -A",
                           "git -C dir add -A",
                           "git -c a=b add .",
                           "git commit -a",
                           "git commit -am x",
                           "git commit --all -m x",
                           "git commit -m x -a",
                           "git commit -m x .",
                           "git commit -qa",
                           "cd x && git add -A",
                           "sudo git add -A",
                           "bash -c 'git add -A && git commit -m x'",
                           "git add -A; git add b",
                           "git add --al",
                           "git add --upd",
                           "git add --renormalize .",
                           "git add --no-ignore-removal",
                           "git add \"$PWD\"",
                           "git add \"${PWD}\"",
                           "git add $PWD/.",
                           "git add \"$(pwd)\"",
                           "git add /repo",
                           "git add src/..",
                           "git add :",
                           "git add '**'",
                           "git add ':(top)'",
                           "git add ':^x'",
                           "git add . ':!x'",
                           "git add -A .",
                           "git add -u :/",
                           "git add --no-dry-run -A",
                           "git add -n --no-dry-run .",
                           "git add --end-of-options .",
                           "git commit -qam x",
                           "git commit --no-all -a",
                           "git commit -i . -m x",
                           "git commit -vam x",
                           "git commit -m x -- :/",
                           "git commit -m x \"$PWD\""}) {
    CHECK_MESSAGE(found_in(line), line);
  }
}

TEST_CASE("an add of named files is none") {
  for (const char* line : {"git add a.c",
                           "git add -- a.c b.c",
                           "git add -A a.c",
                           "git add -u src/a.c",
                           "git add -n .",
                           "git add --dry-run -A",
                           "git add -p .",
                           "git add src",
                           "git add .gitignore",
                           "git add -N a.c",
                           "git commit -m a",
                           "git commit -ma",
                           "git commit -m -a",
                           "git commit",
                           "git commit -m 'git add -A'",
                           "git commit --author -a -m x",
                           "git commit -uall -m x",
                           "git commit a.c -m x",
                           "git commit --amend",
                           "echo git add -A",
                           "git log add -A",
                           "gitadd -A",
                           "git addx -A",
                           "git add --pathspec-from-file=x -A",
                           "git add --pathspec-from-file x -A",
                           "git add -A --no-all",
                           "git add --dry -A",
                           "git add -A --refresh",
                           "git add --renormalize",
                           "git add -An",
                           "git add src ':!src/a.c'",
                           "git add \"$PWD/src\"",
                           "git add /repo/src",
                           "git add \"$(git diff --name-only)\"",
                           "git add -- -A",
                           "git commit -a --no-all -m x",
                           "git commit -a --dry-run",
                           "git commit -a --short",
                           "git commit --mess -a",
                           "git commit --trailer -a -m x",
                           "git commit -m x -- src",
                           "git commit -m x -- -a"}) {
    CHECK_MESSAGE(!found_in(line), line);
  }
}

TEST_CASE("the command is named as it is written") {
  CHECK(found_in("x; git -C 'a b' add -A") == "git -C 'a b' add -A");
}
