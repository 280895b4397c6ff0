#include "close/plan/final_report.h"

#include <doctest/doctest.h>

using namespace gs;
using namespace gs::close;

namespace {

report::Report planned_report() {
  report::Report report;
  report.carried_over = {{std::nullopt, "a", "", {.planned = 0}}, {7, "b", ""}};
  report.new_issues = {{{.planned = 0}, "[Carryover] a", "high"},
                       {{.planned = 1}, "[Carryover] c", "low"},
                       {{.planned = 2}, "[Carryover] d", "low"},
                       {{"#4"}, "there already", "low"}};
  report.findings = {{"high", "probe", "a:1", "filed", {.planned = 0}},
                     {"high", "probe", "b:1", "open", {.planned = 1}},
                     {"high", "probe", "c:1", "queued", {.planned = 2}},
                     {"high", "probe", "d:1", "open here", {"#4"}},
                     {"low", "probe", "", "no issue", {}}};
  report.recommendations = {{"Take up: a", {.planned = 0}}, {"Look into: x"}};
  return report;
}

}  // namespace

TEST_CASE("an issue is called what the tracker called it, in every part of the report") {
  const Json filed = Json::array({{{"action", "create"}, {"reference", "#12"}},
                                  {{"action", "comment"}, {"reference", "#3"}},
                                  {{"action", "create"}, {"outcome", "queued"}}});
  const report::Report report = with_filed_issues(planned_report(), filed);
  CHECK(report.carried_over[0].follow_up.known == "#12");
  CHECK(report.carried_over[1].follow_up.none());
  CHECK(report.recommendations[0].issue.known == "#12");
  CHECK(report.recommendations[1].issue.none());
  // One that got a comment is not new.
  REQUIRE(report.new_issues.size() == 3);
  CHECK(report.new_issues[0].reference.known == "#12");
  CHECK(report.new_issues[1].reference.known == "queued");
  CHECK(report.new_issues[2].reference.known == "#4");
  // Nor is what was found lost then.
  REQUIRE(report.findings.size() == 3);
  CHECK(report.findings[0].place == "b:1");
  CHECK(report.findings[0].issue.known == "#3");
  CHECK(report.findings[1].issue.known == "#4");
  CHECK(report.findings[2].issue.none());
}

TEST_CASE("before anything is filed, an issue is to be filed") {
  const report::Report report = with_filed_issues(planned_report(), nullptr);
  CHECK(report.new_issues.size() == 4);
  CHECK(report.carried_over[0].follow_up.known == "to be filed");
  CHECK_FALSE(report.carried_over[0].follow_up.planned);
}
