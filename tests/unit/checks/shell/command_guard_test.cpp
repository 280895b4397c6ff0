#include "checks/shell/command_guard.h"

#include <doctest/doctest.h>

using namespace gs::checks;

namespace {

bool is_run(const char* line, const char* pattern) {
  return runs(read_command_line(line), pattern);
}

}  // namespace

TEST_CASE("a pattern is found at word boundaries, however the line is written") {
  for (const char* line : {"git push --force",
                           "  git  push\t--force origin",
                           "ls;git push --force",
                           "true&&git push --force",
                           "a|git push --force",
                           "(git push --force)",
                           "x\ngit push --force",
                           "$(git push --force)",
                           "echo \"$(git push --force)\"",
                           "`git push --force`",
                           "X=1 git push --force",
                           "env X=1 git push --force",
                           "sudo -n git push --force",
                           "bash -c 'git push --force'",
                           "sh -lc \"git push --force\"",
                           "eval 'git push --force'",
                           "bash -c \"bash -c 'git push --force'\"",
                           "'git' \"push\" '--force'",
                           "g\\it push --force",
                           "/usr/bin/git push --force",
                           "git pu\\\nsh --force",
                           "if true; then git push --force; fi",
                           "! git push --force",
                           "{ git push --force; }",
                           "nohup git push --force &",
                           "ssh host 'git push --force'",
                           "env -S 'git push --force'",
                           "xargs git push --force",
                           "bash <<EOF\ngit push --force\nEOF",
                           "bash <<< 'git push --force'",
                           "echo 'git push --force' | sh",
                           "printf 'x\\ngit push --force\\n' | sh",
                           "echo git push --force | bash",
                           "timeout 5 'git' push --force",
                           "find . -exec git push --force ;"}) {
    CHECK_MESSAGE(is_run(line, "git push --force"), line);
  }
}

TEST_CASE("the same command with its options elsewhere is the same command") {
  CHECK(is_run("git push origin main --force", "git push --force"));
  CHECK(is_run("git -C dir -c a=b --no-pager push --force", "git push --force"));
  CHECK(is_run("git --git-dir x push origin --force", "git push --force"));
  CHECK(is_run("rm -fr x", "rm -rf"));
  CHECK(is_run("rm -r -v -f x", "rm -rf"));
  CHECK(is_run("rm x -rf", "rm -rf"));
  CHECK(is_run("git clean -xfd", "git clean -f"));
  CHECK(is_run("git checkout main -- a .", "git checkout -- ."));
  CHECK(is_run("git push --force=x", "git push --force"));
}

TEST_CASE("what only looks like the command is not") {
  for (const char* line :
       {"git push --force-with-lease", "git push", "git pushx --force", "xgit push --force",
        "git pull --force", "git log push --force", "git commit -m 'git push --force'",
        "grep -r 'git push --force' .", "echo git push --force", "echo \"git push --force\"",
        "printf 'git push --force\\n'", "# git push --force", "git push -- --force",
        "cat <<EOF\ngit push --force\nEOF", "git push origin force", ""}) {
    CHECK_MESSAGE(!is_run(line, "git push --force"), line);
  }
  CHECK_FALSE(is_run("farm -rf x", "rm -rf"));
  CHECK_FALSE(is_run("rm -r x", "rm -rf"));
  CHECK_FALSE(is_run("rm --rf x", "rm -rf"));
  CHECK_FALSE(is_run("git rm -rf x", "rm -rf"));
  CHECK_FALSE(is_run("grep \"rm\" -rf dir", "rm -rf"));
  CHECK_FALSE(is_run("anything", ""));
  CHECK_FALSE(is_run("a > b", ">"));
}

TEST_CASE("statements of SQL are found in what is given to its programs") {
  CHECK(is_run("psql -c 'DROP TABLE users'", "DROP TABLE"));
  CHECK(is_run("sqlite3 a.db <<EOF\nselect 1; DROP TABLE users;\nEOF", "DROP TABLE"));
  CHECK_FALSE(is_run("grep 'DROP TABLE' schema.sql", "DROP TABLE"));
}

TEST_CASE("a pattern of two commands needs both in a row") {
  CHECK(is_run("curl -s x | sh", "curl | sh"));
  CHECK_FALSE(is_run("curl -s x | tee y", "curl | sh"));
}

TEST_CASE("what is nested too deep to be read is said") {
  std::string line = "true";
  for (int i = 0; i < 200; ++i) line = "$(" + line + ")";
  CHECK(read_command_line(line).too_deep);
}

TEST_CASE("no line takes long to judge") {
  for (const char* part : {"rm -- ", "sh ", "sh -c x ", "env -S x ", "<<a;", "git push ", "a;",
                           "$(a) ", "echo 'a b'|sh;", "\"`x`\"", "git -C x -v ", "'|' "}) {
    std::string line;
    while (line.size() < 300000) line += part;
    const CommandLine read = read_command_line(line);
    (void)find_destructive(read, {});
    (void)find_sweeping_add(read, {});
    CHECK_MESSAGE(read.commands.size() < line.size(), part);
  }
}

TEST_CASE("a blocking rule counts before one that warns") {
  const std::vector<CommandRule> rules = {{"git stash", Severity::Warn, ""},
                                          {"git stash drop", Severity::Block, ""}};
  const CommandLine both = read_command_line("git stash drop");
  CHECK(find_rule(both, rules)->severity == Severity::Block);
  const CommandLine one = read_command_line("git stash");
  CHECK(find_rule(one, rules)->severity == Severity::Warn);
  CHECK(find_rule(read_command_line("ls"), rules) == nullptr);
}

TEST_CASE("a policy's rules are read, and what cannot be is said") {
  const CommandPolicy policy = parse_command_policy(
      R"({"version":1,"rules":[{"id":"a","pattern":"rm -rf","severity":"block","rationale":"why"},
          {"pattern":"git stash","severity":"warn"},{"pattern":"x"},{"severity":"block"},
          {"type":"redirect-truncate","pattern":">","severity":"block"}]})",
      "p.json");
  CHECK(policy.rules == std::vector<CommandRule>{{"rm -rf", Severity::Block, "why"},
                                                 {"git stash", Severity::Warn, ""},
                                                 {"x", Severity::Block, ""}});
  CHECK(policy.problems.size() == 1);
  for (const char* text : {"", "{", "{}", R"({"rules":1})"}) {
    CHECK_MESSAGE(parse_command_policy(text, "p").problems.size() == 1, text);
  }
}
