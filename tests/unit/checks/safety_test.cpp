#include <doctest/doctest.h>

#include <string>

#include "checks/safety.h"

namespace gs::checks {
namespace {

Safety check(const std::string& history, const std::string& events = "") {
  return check_safety(session::parse_wave_history(history),
                      session::parse_events(events, "main-1"));
}

TEST_CASE("lost agents without an issue are carried over, partial ones only told") {
  const Safety safety = check(
      "### Wave 1 — Build\n"
      "- Agent \"a\": done — 2 files — fine\n"
      "- Agent \"b\": PARTIAL — 1 file — half\n"
      "- Agent \"c\": failed — src/c.c — it broke\n"
      "- Agent \"d\": spiral — 0 — again and again → issue #7\n");
  CHECK(safety.agents.total == 4);
  REQUIRE(safety.findings.size() == 3);
  CHECK(safety.findings[0].severity == session::Severity::Low);
  CHECK(safety.findings[1].title == "agent 'c' of wave 1 failed");
  CHECK(safety.findings[1].detail == "it broke");
  CHECK(safety.findings[2].recommendation == "see issue #7");
  REQUIRE(safety.carryover.size() == 1);
  CHECK(safety.carryover[0].description == "c");
  CHECK_FALSE(safety.isolated);
}

TEST_CASE("a task that a later agent completed is done") {
  const Safety safety = check(
      "### Wave 1 — Build\n- Agent \"a\": failed — 0 — x\n- Agent \"b\": done — 0 — x\n"
      "### Wave 2 — Fix\n- Agent \"a\": done — 1 file — x\n- Agent \"b\": failed — 0 — x\n");
  REQUIRE(safety.carryover.size() == 1);
  CHECK(safety.carryover[0].description == "b");
  CHECK(safety.findings.size() == 1);
}

TEST_CASE("violations and blocked commands of this session alone count") {
  const Safety safety = check(
      "",
      R"({"event":"git_session.scope.violation","session":"main-1","path":"x.c","rule":"src/","enforcement":"strict"})"
      "\n"
      R"({"event":"git_session.scope.violation","session_id":"main-1","path":"y.c","enforcement":"warn"})"
      "\n"
      R"({"event":"git_session.command.blocked","session":"main-1","pattern":"rm -rf"})"
      "\n"
      R"({"event":"git_session.command.blocked","session":"main-12","pattern":"rm -rf"})"
      "\n{\"event\":\"git_sess");
  CHECK(safety.violations == 2);
  CHECK(safety.refused == 1);
  CHECK(safety.blocked == 1);
  CHECK(safety.broken_lines == 1);
  REQUIRE(safety.findings.size() == 3);
  CHECK(safety.findings[0].file == "x.c");
}

TEST_CASE("isolation is what the notes say") {
  const Safety safety = check(
      "### Wave 1 — Build\n- Agent \"a\": done — 1 file — in a worktree\n"
      "- Agent \"b\": done — 1 file — worktree fallback\n- Agent \"c\": done — 1 file — x\n");
  CHECK(safety.isolated == 1);
  CHECK(safety.fallbacks == 1);
}

}  // namespace
}  // namespace gs::checks
