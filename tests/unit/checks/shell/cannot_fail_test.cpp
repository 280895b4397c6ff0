#include <doctest/doctest.h>

#include <cstdlib>
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
                                         "make \\\n test || true"}) {
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
                                         "{ true;"}) {
    CAPTURE(command);
    CHECK_FALSE(cannot_fail(command));
  }
}

TEST_CASE("what cannot fail does not fail in a real shell") {
  for (const std::string_view command :
       {"false || true", "false; true", "false | true", "false &", "(exit 3) || :", "exit 0",
        "{ false; true; }", "false 2>&1 || echo failed", "X=1 true", "# nothing"}) {
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
