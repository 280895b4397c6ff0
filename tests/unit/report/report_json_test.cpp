#include <doctest/doctest.h>

#include "formats/json.h"
#include "report/report.h"
#include "report/sample.h"

namespace gs::report {
namespace {

TEST_CASE("a report survives JSON whole") {
  for (const Report& report : {test::full_report(), test::small_report()}) {
    const Json json = to_json(report);
    const auto copy = report_from_json(formats::parse_json(formats::to_json_text(json), "report"));
    REQUIRE(copy);
    CHECK(formats::to_json_text(to_json(*copy)) == formats::to_json_text(json));
    CHECK(render_markdown(*copy) == render_markdown(report));
  }
}

TEST_CASE("an issue that is only planned stays that") {
  Report report = test::small_report();
  report.new_issues = {{{.planned = 3}, "[Carryover] x", "high"}};
  report.recommendations = {{"Take up: x", {.planned = 3}}, {"Take up: y", {"#4"}}};
  const Json json = to_json(report);
  CHECK(json["new_issues"][0]["reference"] == Json{{"planned_issue", 3}});
  CHECK(json["recommendations"][1] == "Take up: y (#4)");
  const auto copy = report_from_json(formats::parse_json(formats::to_json_text(json), "report"));
  REQUIRE(copy);
  CHECK(copy->new_issues[0].reference.planned == 3);
  CHECK(copy->recommendations[0].text == "Take up: x");
  CHECK(copy->recommendations[0].issue.planned == 3);
  CHECK(copy->recommendations[1].issue.none());
  CHECK(to_json(*copy) == json);
}

TEST_CASE("what was not measured is null, what is empty is an empty list") {
  const Json json = to_json(test::small_report());
  CHECK(json["agents"].is_null());
  CHECK(json["tests_passed"].is_null());
  CHECK(json["completed"] == Json::array());
  CHECK(json["warnings"] == Json::array());
  CHECK(json["duration_ms"] == 42000);
}

TEST_CASE("a report from before a key was added is read") {
  Json json = to_json(test::full_report());
  json.erase("docs_health");
  json.erase("left_alone");
  json["completed"][0].erase("follow_up");
  const auto report = report_from_json(json);
  REQUIRE(report);
  CHECK(report->docs_health.empty());
  CHECK(report->left_alone.empty());
  CHECK(report->completed.size() == 2);
}

TEST_CASE("JSON that is not a report is refused") {
  CHECK_FALSE(report_from_json(nullptr));
  CHECK_FALSE(report_from_json(Json::array()));
  CHECK_FALSE(report_from_json(Json::object()));
  for (const char* key : {"session", "started_at", "completed_at"}) {
    Json json = to_json(test::full_report());
    json.erase(key);
    CHECK_FALSE(report_from_json(json));
  }
  Json json = to_json(test::full_report());
  json["completed_at"] = "yesterday";
  CHECK_FALSE(report_from_json(json));
  json = to_json(test::full_report());
  json["files_changed"] = "many";
  CHECK_FALSE(report_from_json(json));
  json = to_json(test::full_report());
  json["completed"] = Json::array({7});
  CHECK_FALSE(report_from_json(json));
}

}  // namespace
}  // namespace gs::report
