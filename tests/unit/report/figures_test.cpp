#include "report/figures.h"

#include <doctest/doctest.h>

#include "report/sample.h"

namespace gs::report {
namespace {

TEST_CASE("the circuit breaker is told from the agents, and only where there were any") {
  Report report = test::small_report();
  CHECK(breaker_figure(report).empty());
  report.agents = AgentTotals{3, 3, 0, 0, 0};
  CHECK(breaker_figure(report) == "none");
  report.agents = AgentTotals{4, 1, 1, 0, 2};
  CHECK(breaker_figure(report) == "1 agent hit limits, 2 spirals detected");
}

TEST_CASE("agents are counted by how they ended") {
  Report report = test::small_report();
  CHECK(agents_figure(report).empty());
  report.agents = AgentTotals{4, 1, 1, 0, 2};
  CHECK(agents_figure(report) == "4 (1 complete, 1 partial, 2 spiral)");
  report.agents = AgentTotals{};
  CHECK(agents_figure(report) == "0");
}

TEST_CASE("a wave's files are a count or were not measured") {
  CHECK(wave_figure({1, "r", 1, "1"}) == "duration n/a — 1 agent — 1 file");
  CHECK(wave_figure({1, "r", 1, "1", "45.0 s"}) == "45.0 s — 1 agent — 1 file");
  CHECK(wave_figure({1, "r", 0, "n/a", "", true}) == "skipped");
  CHECK(wave_figure({1, "r", 3, "4"}) == "duration n/a — 3 agents — 4 files");
  CHECK(wave_figure({1, "r", 0, "n/a"}) == "duration n/a — 0 agents — files n/a");
  CHECK(wave_figure({1, "r", 0, ""}) == "duration n/a — 0 agents — files n/a");
}

TEST_CASE("of a tree that was not isolated the reasons are shown, and not its id") {
  Report report;
  CHECK(tested_tree_figure(report).empty());
  report.tested_tree = "0123";
  CHECK(tested_tree_figure(report) == "0123");
  report.not_isolated = {"a leads back", "b was not searched"};
  CHECK(tested_tree_figure(report) == "not isolated: a leads back; b was not searched");
}

TEST_CASE("commits are said to be on a branch where there is one") {
  Report report = test::small_report();
  CHECK(commits_figure(report) == "1 on fix");
  report.branch.clear();
  CHECK(commits_figure(report) == "1");
}

}  // namespace
}  // namespace gs::report
