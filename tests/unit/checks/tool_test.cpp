#include <doctest/doctest.h>

#include <string>

#include "base/file/file.h"
#include "checks/tool.h"

namespace gs::checks {
namespace {

using std::chrono::milliseconds;

ToolAnswer ask(const std::string& command, milliseconds timeout = std::chrono::seconds(30)) {
  return ask_tool(command, "/", {{"hello", "world"}}, timeout, [](auto, auto, auto) {},
                  {"verdict"});
}

TEST_CASE("the request is given on stdin, and stdout is the answer") {
  const ToolAnswer answer = ask("read -r x; printf '{\"verdict\": %s}' \"$x\"; echo noise >&2");
  REQUIRE(answer.value);
  CHECK((*answer.value)["verdict"]["hello"] == "world");
}

TEST_CASE("an answer may stand in the first fenced block that has the keys") {
  const auto found = find_answer(
      "Thinking {\"verdict\": 0}\n```sh\nls\n```\n```json\n{\"other\": 1}\n```\n"
      "~~~json\n{\"verdict\": 2}\n~~~\n```\n{\"verdict\": 3}\n```\n",
      {"verdict"});
  REQUIRE(found);
  CHECK((*found)["verdict"] == 2);
  CHECK_FALSE(find_answer("```json\n{\"verdict\": 2}\n", {"verdict"}));
  CHECK_FALSE(find_answer("[1]", {"verdict"}));
  CHECK_FALSE(find_answer("", {"verdict"}));
}

TEST_CASE("a program that fails, prints no JSON or prints without end is a problem, and no hang") {
  CHECK(ask("exit 3").problem == "exit status 3");
  CHECK(ask("echo why >&2; exit 3").problem == "exit status 3: why");
  CHECK(ask("no-such-program-at-all").problem == "command not found");
  CHECK(ask("echo hello").problem == "did not print a JSON object with 'verdict'");
  CHECK(ask("echo '{\"verdict\": '").problem == "did not print a JSON object with 'verdict'");
  CHECK(ask("head -c 6000000 /dev/zero | tr '\\0' x").problem == "printed more than 4 MiB");
  CHECK(ask("printf '%100000s' | tr ' ' '['").problem ==
        "did not print a JSON object with 'verdict'");
  const ToolAnswer endless = ask("yes", milliseconds(300));
  CHECK(endless.problem.starts_with("timed out"));
  CHECK(endless.duration < std::chrono::seconds(20));
}

TEST_CASE("what a program started ends with it") {
  const TemporaryDirectory directory;
  const std::string file = directory.path() + "/alive";
  const ToolAnswer answer =
      ask("(while :; do date >'" + file + "'; sleep 0.05; done) & wait", milliseconds(400));
  CHECK(answer.problem.starts_with("timed out"));
  remove_file(file);
  (void)ask("sleep 0.3");
  CHECK_FALSE(file_info(file));
}

TEST_CASE("findings are taken as they come, bounded and safe to show") {
  const std::string token = std::string("ghp") + "_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17";
  const Json list = formats::parse_json(R"([
    {"title": "a", "severity": "HIGH", "confidence": 0.9, "file": "./src/a.c", "line": 3,
     "detail": "d", "recommendation": "r", "probe": "p", "category": "UI"},
    {"description": "b", "severity": "odd", "confidence": 700, "line": -1},
    {"message": "\u001b[31mred\u001b[0m", "line": 1e300, "confidence": "x"},
    {"title": ""}, 7, null])",
                                        "test");
  const ToolFindings found = read_findings(list, "tool");
  REQUIRE(found.entries.size() == 3);
  CHECK(found.malformed == 3);
  const session::Finding& first = found.entries[0].finding;
  CHECK(first.source == "p");
  CHECK(first.severity == session::Severity::High);
  CHECK(first.confidence == 90);
  CHECK(first.file == "src/a.c");
  CHECK(first.line == 3);
  CHECK(found.entries[0].category == "ui");
  CHECK(found.entries[1].finding.severity == session::Severity::Medium);
  CHECK(found.entries[1].finding.confidence == 100);
  CHECK(found.entries[1].finding.line == 0);
  CHECK(found.entries[1].finding.source == "tool");
  CHECK(found.entries[2].finding.title == "red");
  CHECK(read_findings(formats::parse_json(R"({"a": 1})", "test"), "tool").entries.empty());
  const ToolFindings secret = read_findings(Json::array({{{"title", "leak " + token}}}), "tool");
  CHECK(secret.entries[0].finding.title == "leak ghp_****");
  Json many = Json::array();
  for (int i = 0; i < 600; ++i) many.push_back({{"title", std::string(5000, 'x')}});
  const ToolFindings bounded = read_findings(many, "tool");
  CHECK(bounded.entries.size() == 500);
  CHECK(bounded.malformed == 100);
  CHECK(bounded.entries[0].finding.title.size() < 300);
}

}  // namespace
}  // namespace gs::checks
