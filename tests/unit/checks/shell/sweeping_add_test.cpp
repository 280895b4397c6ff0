#include "checks/shell/command_guard.h"

#include <doctest/doctest.h>

using namespace gs::checks;

TEST_CASE("a sweeping add is found") {
  for (const char* line :
       {"git add -A",           "git add --all",     "git add .",
        "git add ./",           "git add -u",        "git add --update",
        "git add :/",           "git add *",         "git add '*'",
        "git add -- .",         "git add -fA",       "git add -v .",
        "git add ..",           "git add a.c .",     "git add ':!x'",
        "git stage -A",         "git -C dir add -A", "git -c a=b add .",
        "git commit -a",        "git commit -am x",  "git commit --all -m x",
        "git commit -m x -a",   "git commit -m x .", "git commit -qa",
        "cd x && git add -A",   "sudo git add -A",   "bash -c 'git add -A && git commit -m x'",
        "git add -A; git add b"}) {
    CHECK_MESSAGE(find_sweeping_add(read_command_line(line)), line);
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
                           "git add --pathspec-from-file=x -A"}) {
    CHECK_MESSAGE(!find_sweeping_add(read_command_line(line)), line);
  }
}

TEST_CASE("the command is named as it is written") {
  CHECK(find_sweeping_add(read_command_line("x; git -C 'a b' add -A")) == "git -C 'a b' add -A");
}
