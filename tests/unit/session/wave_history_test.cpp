#include "session/wave_history.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace gs::session;

namespace {

AgentRun agent_in(const std::string& line) {
  const auto waves = parse_wave_history("### Wave 1 — Impl\n" + line + "\n");
  REQUIRE(waves.size() == 1);
  REQUIRE(waves[0].agents.size() == 1);
  return waves[0].agents[0];
}
std::size_t agents_in(const std::string& line) {
  return parse_wave_history("### Wave 1 — Impl\n" + line + "\n").at(0).agents.size();
}
bool names(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}
std::vector<std::string> named_in(const std::string& files) {
  Wave wave;
  wave.agents.push_back({"x", AgentStatus::Complete, files, "", {}});
  return files_named({wave});
}

}  // namespace

TEST_CASE("waves are read with number, role and agents") {
  const auto waves = parse_wave_history(
      "\n### Wave 1 — Discovery\n\n"
      "- Agent \"map the code\": done — src/a.cpp, src/b.cpp — found two callers\n"
      "- Agent \"read docs\": PARTIAL — 3 files — ran out of time → issue #17\n\n"
      "### Wave 2 - Impl-Core (planned 4 files → actual 5, over-delivery 1.25)\n\n"
      "- Agent \"retry\": failed — src/c.cpp — red\n"
      "- Agent \"loop\": Spiral — (none) — gave up\n"
      "### Wave 3 — Quality — suite 120/0 on linux\n(none yet)\n"
      "### Wave 4 — Polish (skipped, no tasks)\n");
  REQUIRE(waves.size() == 4);
  CHECK(waves[0].number == 1);
  CHECK(waves[0].role == "Discovery");
  CHECK_FALSE(waves[0].skipped);
  REQUIRE(waves[0].agents.size() == 2);
  CHECK(waves[0].agents[0].description == "map the code");
  CHECK(waves[0].agents[0].status == AgentStatus::Complete);
  CHECK(waves[0].agents[0].files == "src/a.cpp, src/b.cpp");
  CHECK(waves[0].agents[0].note == "found two callers");
  CHECK_FALSE(waves[0].agents[0].issue);
  CHECK(waves[0].agents[1].status == AgentStatus::Partial);
  CHECK(waves[0].agents[1].note == "ran out of time");
  CHECK(waves[0].agents[1].issue == 17);
  CHECK(waves[1].role == "Impl-Core");
  REQUIRE(waves[1].agents.size() == 2);
  CHECK(waves[1].agents[0].status == AgentStatus::Failed);
  CHECK(waves[1].agents[1].status == AgentStatus::Spiral);
  CHECK(waves[2].role == "Quality");
  CHECK(waves[2].agents.empty());
  CHECK(waves[3].role == "Polish");
  CHECK(waves[3].skipped);
}

TEST_CASE("a description may hold colons, quotes and dashes") {
  const AgentRun agent = agent_in("- Agent \"fix: say \"done\" — or not\": done — a.cpp — ok");
  CHECK(agent.description == "fix: say \"done\" — or not");
  CHECK(agent.files == "a.cpp");
}

TEST_CASE("looser agent lines are understood") {
  CHECK(agent_in("* Agent 'x': complete - src/my-file.cpp - fine").files == "src/my-file.cpp");
  CHECK(agent_in("- **Agent \"x\"**: done").description == "x");
  CHECK(agent_in("- Agent “x”: completed – a.c – ok\r").note == "ok");
  CHECK(agent_in("- agent x: done — a.c").description == "x");
  CHECK(agent_in("- Agent \"x\": failed -> issue #9").issue == 9);
}

TEST_CASE("an arrow inside a note is not an issue") {
  const AgentRun agent = agent_in("- Agent \"x\": done — a.c — moved a → b, see issue #3 there");
  CHECK_FALSE(agent.issue);
  CHECK(agent.note == "moved a → b, see issue #3 there");
}

TEST_CASE("lines that are no agent's are passed over") {
  CHECK(agents_in("(none yet)") == 0);
  CHECK(agents_in("- Agent \"x\": running — a.c") == 0);
  CHECK(agents_in("Agent \"x\": done") == 0);
  CHECK(agents_in("- Something else: done") == 0);
  CHECK(agents_in("```\n- Agent") == 0);
  CHECK(parse_wave_history("").empty());
  CHECK(parse_wave_history("### Wavelength 3\n### Wave x\n## Wave 2\n").empty());
}

TEST_CASE("files are named by words that could be paths") {
  const auto words = named_in("src/a.cpp, `b c.txt` (new), Makefile; \"d/e.h\".");
  CHECK(names(words, "src/a.cpp"));
  CHECK(names(words, "Makefile"));
  CHECK(names(words, "d/e.h"));
  CHECK(names(named_in("my file.txt, x"), "my file.txt"));
}

TEST_CASE("counts name no file") {
  CHECK(named_in("3").empty());
  CHECK(named_in("").empty());
  CHECK_FALSE(names(named_in("12 files"), "12"));
}
