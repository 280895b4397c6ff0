#include "checks/shell/command_guard.h"

#include <doctest/doctest.h>

#include <string>

#include "base/process/process.h"
#include "checks/gates/command_run.h"

namespace gs::checks {
namespace {

TEST_CASE("a command whose status is always 0 is told") {
  for (const std::string_view command : {"true",
                                         ":",
                                         "exit 0",
                                         "echo ok",
                                         "  echo ok  ",
                                         "echo 'all tests passed'",
                                         "echo \"a b\"",
                                         "make test || true",
                                         "make test||true",
                                         "(cd sub && npm test) || true",
                                         "make test; true",
                                         "make test; echo done",
                                         "make test;\n: \n",
                                         "make test || echo failed",
                                         "make test | true",
                                         "make test &",
                                         "true # npm test",
                                         "# npm test",
                                         "echo ok > /dev/null 2>&1",
                                         "true && echo ok",
                                         "make a && make b || true",
                                         "{ make test; true; }",
                                         "FOO=bar true",
                                         "make test 2>&1 || :",
                                         "make test || exit 0",
                                         "/bin/true",
                                         "echo $HOME",
                                         "true;",
                                         "make \\\n test || true",
                                         "'true'",
                                         "tr\\ue",
                                         "echo '$(make)' \"a \\\"b\\\"\" a\\ b",
                                         "(make test; true)",
                                         "(make test) | (cat; :)",
                                         "(make test &) || make",
                                         "echo $'a\\tb'",
                                         "make test 2>/dev/null || true",
                                         "make > out.log || true",
                                         "make&\ntrue # done",
                                         "{ make; } > out.log || { :; }",
                                         "tr\\\nue",
                                         "make test |& true"}) {
    CAPTURE(command);
    CHECK(cannot_fail(command));
  }
}

TEST_CASE("a command that can fail is never said to be unable to") {
  for (const std::string_view command : {"make test",
                                         "echo ok && make test",
                                         "true && make test",
                                         "false",
                                         "exit 1",
                                         "exit",
                                         "make test || false",
                                         "make test && true",
                                         "make test && echo ok",
                                         "true | make test",
                                         "true; make test",
                                         "exit 1 || true",
                                         "exit 1; true",
                                         "set -e; make test; true",
                                         "set -o pipefail; make test | true",
                                         "echo ok > out/log",
                                         "trap 'exit 3' EXIT; true",
                                         "eval \"$CHECK\"; true",
                                         "if make test; then true; fi",
                                         "! true",
                                         "echo $(make test)",
                                         "echo `make test`",
                                         "echo \"${X:?missing}\"",
                                         "echo 'open",
                                         "true() { false; }; true",
                                         "(exit 3)",
                                         "(exit 3); (exit 3)",
                                         "npm run true",
                                         "echoes",
                                         "truex",
                                         "./true",
                                         "\"true",
                                         "$TEST",
                                         "cat <<EOF\nEOF\n",
                                         "make test || (true; exit 4)",
                                         "exec make test || true",
                                         "case x in x) false;; esac",
                                         "kill $$; true",
                                         "printf ok | tee log",
                                         "while false; do :; done; make",
                                         "time true",
                                         "true &> out/log",
                                         ") true",
                                         "true )",
                                         "{ true;",
                                         "'{' true; }",
                                         "(true) > out.log",
                                         "{ true; } > out.log",
                                         "true >",
                                         "true > | cat",
                                         "true <<< x",
                                         "true <<-EOF\n\tx\n\tEOF\n",
                                         "true < <(make)",
                                         "true {fd}> out.log",
                                         "echo $[1/0]",
                                         "echo \"open",
                                         "echo $'open",
                                         "true;; true",
                                         "a-b=1 true && a-b=1",
                                         "X=1",
                                         "X=$(make) true",
                                         "(true",
                                         "make test & make test",
                                         "make test || true | make",
                                         "function true { false; }; true",
                                         "coproc true"}) {
    CAPTURE(command);
    CHECK_FALSE(cannot_fail(command));
  }
}

TEST_CASE("what cannot fail does not fail in a real shell") {
  for (const std::string_view command :
       {"false || true", "false; true", "false | true", "false &", "(exit 3) || :", "exit 0",
        "{ false; true; }", "false 2>&1 || echo failed", "X=1 true", "# nothing", "(false; true)",
        "(false) || { :; }", "(false &) || false", "tr\\\nue", "\"true\"",
        "false > /dev/null 2>&1 || :", "echo '$(false)' \"\\$(false)\""}) {
    CAPTURE(command);
    REQUIRE(cannot_fail(command));
    CHECK(run_process(shell_argv(std::string(command))).exit_status == 0);
  }
}

TEST_CASE("nesting without end is not followed") {
  const std::string command = std::string(100000, '(') + "true" + std::string(100000, ')');
  CHECK_FALSE(cannot_fail(command));
}

}  // namespace
}  // namespace gs::checks
