#include <doctest/doctest.h>

#include <string>

#include "checks/lines/probes.h"

namespace gs::checks {
namespace {

// Markers are put together, so that this file is none of what it describes.
const std::string kOurs = std::string(7, '<');
const std::string kBase = std::string(7, '|');
const std::string kMiddle = std::string(7, '=');
const std::string kTheirs = std::string(7, '>');

std::vector<git::AddedLine> added(const std::vector<std::string>& texts) {
  std::vector<git::AddedLine> added;
  for (const std::string& text : texts) added.push_back({added.size() + 1, text});
  return added;
}

std::vector<Artifact> find(std::string_view path, const std::string& text) {
  return find_artifacts(path, added({text}));
}

void check_fails(std::string_view path, const std::string& text, std::string_view source) {
  CAPTURE(path);
  CAPTURE(text);
  const auto found = find(path, text);
  REQUIRE(found.size() == 1);
  CHECK(found[0].fails);
  CHECK(found[0].finding.source == source);
}

void check_nothing(std::string_view path, const std::string& text) {
  CAPTURE(path);
  CAPTURE(text);
  CHECK(find(path, text).empty());
}

TEST_CASE("conflict markers are found in any file, each at its line") {
  for (const std::string_view path : {"src/a.cpp", "data.unknown", "Makefile", "no_extension"}) {
    CAPTURE(path);
    const auto found = find_artifacts(path, added({kOurs + " HEAD", "a", kBase + " base", "b",
                                                   kMiddle, "c", kTheirs + " topic\r"}));
    REQUIRE(found.size() == 4);
    CHECK(found[0].finding.line == 1);
    CHECK(found[1].finding.line == 3);
    CHECK(found[2].finding.line == 5);
    CHECK(found[3].finding.line == 7);
    for (const Artifact& artifact : found) {
      CHECK(artifact.fails);
      CHECK(artifact.finding.source == "conflict-marker");
      CHECK(artifact.finding.severity == session::Severity::Critical);
      CHECK(artifact.finding.file == path);
    }
  }
}

TEST_CASE("a marker without a name behind it counts") {
  CHECK(find("a.c", kOurs).size() == 1);
}

TEST_CASE("what only looks like a conflict marker is none") {
  check_nothing("a.c", kOurs + "< eight");
  check_nothing("a.c", std::string(6, '<') + " six");
  check_nothing("a.c", " " + kOurs + " indented");
  check_nothing("a.c", kOurs + "HEAD");
  check_nothing("a.c", kMiddle);
  check_nothing("a.c", kMiddle + " with a text");
}

TEST_CASE("prose knows the markers, and a rule of seven is a heading there") {
  CHECK(find_artifacts("README.md", added({"Install", kMiddle})).empty());
  const auto found =
      find_artifacts("README.md", added({kOurs + " HEAD", "Install", kMiddle, kTheirs + " x"}));
  REQUIRE(found.size() == 2);
  CHECK(found[0].finding.line == 1);
  CHECK(found[1].finding.line == 4);
}

TEST_CASE("a debugger call is found in its own language") {
  check_fails("a.ts", "  debugger;", "debug-artifact");
  check_fails("a.js", "if (x) { debugger }", "debug-artifact");
  check_fails("a.vue", "debugger", "debug-artifact");
  check_fails("a.py", "    breakpoint()", "debug-artifact");
  check_fails("a.py", "import pdb; pdb.set_trace()", "debug-artifact");
  check_fails("a.py", "import ipdb; ipdb.set_trace()", "debug-artifact");
  check_fails("a.py", "from pdb import set_trace; set_trace()", "debug-artifact");
  check_fails("a.rb", "  binding.pry if user.nil?", "debug-artifact");
  check_fails("a.rb", "byebug", "debug-artifact");
  check_fails("a.rs", "let y = dbg!(x + 1);", "debug-artifact");
  check_fails("a.rs", "let c = '\"'; dbg!(c);", "debug-artifact");
  check_fails("a.php", "  var_dump($user);", "debug-artifact");
  check_fails("a.php", "dd($user);", "debug-artifact");
  check_fails("a.go", "\truntime.Breakpoint()", "debug-artifact");
  check_fails("A.cs", "System.Diagnostics.Debugger.Break();", "debug-artifact");
  check_fails("a.ex", "    require IEx; IEx.pry()", "debug-artifact");
  check_fails("a.ex", "    value |> dbg()", "debug-artifact");
  check_fails("a.pl", "$DB::single = 1;", "debug-artifact");
}

TEST_CASE("a debugger that is imported and not called stops nothing") {
  for (const std::string text :
       {"import pdb", "import ipdb as pdb", "from pdb import Pdb", "debugtrace = pdb.set_trace",
        "    self.set_trace()", "pdb.post_mortem(traceback)"}) {
    check_nothing("a.py", text);
  }
  check_nothing("a.exs", "assert IEx.pry() == {:error, :no_iex}");
  check_nothing("a.exs", "output = capture_io(fn -> dbg() end)");
}

TEST_CASE("what is dumped into a buffer is not left in the code") {
  CHECK(find_artifacts("a.php", added({"ob_start();", "var_dump($x);"})).empty());
  CHECK(find_artifacts("a.php", {{1, "ob_start();"}, {9, "var_dump($x);"}}).size() == 1);
}

TEST_CASE("a debugger's name in a string or a comment is not a call") {
  check_nothing("a.ts", "const words = ['debugger', \"debugger;\"];");
  check_nothing("a.ts", "// debugger;");
  check_nothing("a.ts", "/* debugger; */ run();");
  check_nothing("a.ts", "const t = `debugger; ${x}`;");
  check_nothing("a.py", "check('breakpoint()', f'breakpoint()')");
  check_nothing("a.py", "# import pdb");
  check_nothing("a.py", "\"\"\"Call breakpoint() to stop.\"\"\"");
  check_nothing("a.rb", "gem 'byebug'");
  check_nothing("a.rs", "/// Like dbg!(x).");
  check_nothing("a.rs", "println!(\"use dbg!(x)\");");
  check_nothing("a.php", "echo 'var_dump($x)';");
}

TEST_CASE("a longer name, a member or a definition is not a debugger call") {
  check_nothing("a.ts", "const debuggerUrl = attach(debugger_port);");
  check_nothing("a.ts", "session.debugger.attach();");
  check_nothing("a.ts", "  debugger: true,");
  check_nothing("a.ts", "import { debugger as inspector } from 'x';");
  check_nothing("a.php", "function dd($x) { return $x; }");
  check_nothing("a.php", "$this->dd($x);");
  check_nothing("a.php", "add($x);");
  check_nothing("a.py", "import pdbtools");
  check_nothing("a.py", "self.breakpoint()");
  check_nothing("a.rb", "attr_reader :debugger");
}

TEST_CASE("another language's debugger is a plain word") {
  check_nothing("a.go", "debugger()");
  check_nothing("a.c", "breakpoint();");
  check_nothing("notes.md", "    debugger;");
  check_nothing("data.unknown", "debugger;");
}

TEST_CASE("a string that spans lines hides what is in it, until the lines do not follow") {
  CHECK(find_artifacts("a.py", added({"text = '''", "breakpoint()", "'''"})).empty());
  CHECK(find_artifacts("a.ts", added({"/* start", "debugger;", "end */"})).empty());
  CHECK(find_artifacts("a.ts", added({"/* start", "end */", "debugger;"})).size() == 1);
  CHECK(find_artifacts("a.py", {{1, "text = '''"}, {9, "breakpoint()"}}).size() == 1);
}

TEST_CASE("TODO: remove fails in a comment of any language") {
  check_fails("a.c", "int x;  // TODO: remove", "todo-remove");
  check_fails("a.ts", "/* todo remove this hack */", "todo-remove");
  check_fails("a.ts", " * TODO: remove before release", "todo-remove");
  check_fails("a.py", "x = 1  # ToDo: Remove me", "todo-remove");
  check_fails("a.sql", "select 1; -- TODO: remove", "todo-remove");
  check_fails("a.html", "<!-- TODO:remove -->", "todo-remove");
  check_fails("run.sh", "# TODO: remove", "todo-remove");
  check_fails("Makefile", "# TODO: remove", "todo-remove");
  check_fails("a.css", "/* TODO: remove */", "todo-remove");
}

TEST_CASE("TODO: remove fails where it marks what must not stay") {
  check_fails("a.c", "// TODO: remove this line", "todo-remove");
  check_fails("a.c", "// TODO: remove before merging", "todo-remove");
  check_fails("a.c", "// TODO: remove this before we commit!", "todo-remove");
  check_fails("a.c", "// TODO: Remove the debug output", "todo-remove");
  check_fails("a.py", "print(x)  # TODO remove temporary print", "todo-remove");
}

TEST_CASE("TODO: remove with a condition, a thing or an issue is a plan") {
  check_nothing("a.ex", "# TODO: Remove me on v2.0");
  check_nothing("a.ex", "# TODO: Remove this once we require Erlang/OTP 24+");
  check_nothing("a.py", "# TODO: Remove when dropping support for PY39.");
  check_nothing("a.rb", "# TODO: Remove the constant alias once Rails 6.1 has released.");
  check_nothing("a.c", "/* TODO remove deprecated API */");
  check_nothing("a.c", "// TODO: remove before the 6.1 release is out");
  check_nothing("a.c", "// TODO: remove if debug is off for good");
  check_nothing("a.c", "// TODO: remove this, see #12");
  check_nothing("a.c", "// \"TODO: remove\" in a comment fails the gate");
  check_nothing("a.c", "// `TODO: remove` in a comment fails the gate");
}

TEST_CASE("other TODOs, and the words outside of a comment, do not fail") {
  check_nothing("a.c", "// TODO: removed in 2.0");
  check_nothing("a.c", "// TODO: speed up the removal");
  check_nothing("a.c", "// mytodo: remove");
  check_nothing("a.c", "// TODOremove");
  check_nothing("a.c", "puts(\"TODO: remove\");");
  check_nothing("a.c", "todo(remove);");
  check_nothing("a.md", "<!-- TODO: remove -->");
  check_nothing("run.sh", "echo ${x#TODO: remove}");
  check_nothing("a.css", "a { background: url(http://x/TODO: remove) }");
}

TEST_CASE("console output is a warning") {
  for (const std::string text : {"console.log(x)", "window.console.debug('here')"}) {
    CAPTURE(text);
    const auto found = find("a.tsx", text);
    REQUIRE(found.size() == 1);
    CHECK_FALSE(found[0].fails);
    CHECK(found[0].finding.source == "console-output");
    CHECK(found[0].finding.severity == session::Severity::Low);
  }
  const auto go = find("a.go", "\tfmt.Println(\"DEBUG here\", x)");
  REQUIRE(go.size() == 1);
  CHECK_FALSE(go[0].fails);
}

TEST_CASE("what prints on purpose is not an artifact") {
  for (const std::string_view path :
       {"bin/a.js", "src/cli/a.ts", "scripts/a.mjs", "lib/cli.js", "lib/createLogger.js",
        "examples/a.js", "test/a.js", "vendor/x/a.js", "packages/x/test/a.js"}) {
    check_nothing(path, "console.log(1)");
  }
  CHECK(find_artifacts("a.js", added({"#!/usr/bin/env node", "console.log(1)"})).empty());
  check_nothing("a.js", "console.log(1); // eslint-disable-line no-console");
  CHECK(find_artifacts("login.js", added({"console.log(1)"})).size() == 1);
}

TEST_CASE("ordinary output is not an artifact") {
  check_nothing("a.ts", "console.error(problem);");
  check_nothing("a.ts", "// console.log(x)");
  check_nothing("a.ts", "my_console.log(x)");
  check_nothing("a.py", "print(x)");
  check_nothing("a.go", "fmt.Println(\"done\")");
  check_nothing("a.c", "console.log(x);");
}

TEST_CASE("a finding shows the line without what drives a terminal, and not all of a long one") {
  const auto found = find("a.ts", "debugger; // \x1B[31m" + std::string(500, 'x'));
  REQUIRE(found.size() == 1);
  CHECK(found[0].finding.detail.find('\x1B') == std::string::npos);
  CHECK(found[0].finding.detail.size() < 200);
  CHECK(found[0].finding.detail.starts_with("debugger;"));
}

}  // namespace
}  // namespace gs::checks
