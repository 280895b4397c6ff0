#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "records/session_record.h"

namespace gs::records {
namespace {

Json valid() {
  return formats::parse_json(R"({
    "session_id": "s", "session_type": "feature",
    "started_at": "2026-11-22T09:30:00Z", "completed_at": "2026-11-22T09:30:00.000Z",
    "total_waves": 1,
    "waves": [{"wave": 1, "role": "r", "agent_count": 0, "files_changed": 0, "quality": "skip"}],
    "agent_summary": {"complete": 0, "partial": 0, "failed": 0, "spiral": 0},
    "total_agents": 0, "total_files_changed": 0})",
                             "test");
}

void check_problem(const std::function<void(Json&)>& spoil, std::string_view words) {
  Json record = valid();
  spoil(record);
  CAPTURE(formats::to_json_line(record));
  const auto problems = validate_session_record(record);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].find(words) != std::string::npos);
}

TEST_CASE("the required keys alone are a valid record") {
  CHECK(validate_session_record(valid()).empty());
}

TEST_CASE("each required key is missed") {
  for (const char* key : {"session_id", "session_type", "started_at", "completed_at", "total_waves",
                          "waves", "agent_summary", "total_agents", "total_files_changed"}) {
    check_problem([key](Json& record) { record.erase(key); }, key);
    check_problem([key](Json& record) { record[key] = nullptr; }, key);
  }
}

TEST_CASE("what is not an object is not a record") {
  CHECK(validate_session_record(Json::array()).size() == 1);
  CHECK(validate_session_record(nullptr).size() == 1);
}

TEST_CASE("types and values are checked") {
  check_problem([](Json& r) { r["session_id"] = ""; }, "session_id");
  check_problem([](Json& r) { r["session_type"] = "none"; }, "session_type");
  check_problem([](Json& r) { r["total_waves"] = -1; }, "total_waves");
  check_problem([](Json& r) { r["total_agents"] = 1.5; }, "total_agents");
  check_problem([](Json& r) { r["total_files_changed"] = "7"; }, "total_files_changed");
  check_problem([](Json& r) { r["schema_version"] = 2; }, "schema_version");
  check_problem([](Json& r) { r["status"] = "active"; }, "status");
  check_problem([](Json& r) { r["branch"] = 1; }, "branch");
  check_problem([](Json& r) { r["duration_seconds"] = -5; }, "duration_seconds");
  check_problem([](Json& r) { r["agent_summary"].erase("spiral"); }, "agent_summary.spiral");
}

TEST_CASE("a time has one form, and the end is not before the start") {
  for (const char* text :
       {"2026-11-22", "2026-11-22T09:30Z", "2026-11-22T09:30:00", "2026-11-22T09:30:00+00:00",
        "2026-11-22T09:30:00.1Z", "2026-13-22T09:30:00Z", "2026-11-22 09:30:00Z"}) {
    check_problem([text](Json& r) { r["completed_at"] = text; }, "completed_at");
  }
  check_problem([](Json& r) { r["completed_at"] = "2026-11-22T09:29:59.999Z"; }, "before");
}

TEST_CASE("the tags of a clamped time stand together") {
  check_problem([](Json& r) { r["_clamped"] = true; }, "together");
  check_problem([](Json& r) { r["_original_completed_at"] = "2026-11-22T09:00:00Z"; }, "together");
  check_problem(
      [](Json& r) {
        r["_clamped"] = false;
        r["_original_completed_at"] = "2026-11-22T09:00:00Z";
      },
      "_clamped");
}

TEST_CASE("each wave is checked, and named by its place") {
  check_problem([](Json& r) { r["waves"][0]["wave"] = 0; }, "waves[0].wave");
  check_problem([](Json& r) { r["waves"][0]["role"] = ""; }, "waves[0].role");
  check_problem([](Json& r) { r["waves"][0].erase("agent_count"); }, "waves[0].agent_count");
  check_problem([](Json& r) { r["waves"][0]["files_changed"] = -1; }, "waves[0].files_changed");
  check_problem([](Json& r) { r["waves"][0]["quality"] = "green"; }, "waves[0].quality");
  check_problem([](Json& r) { r["waves"].push_back(7); }, "waves[1]");
}

TEST_CASE("a group that was not measured is absent, never null") {
  for (const char* key : {"grounding", "discovery_stats", "review_stats", "effectiveness",
                          "stagnation_events", "grounding_injections"}) {
    check_problem([key](Json& r) { r[key] = nullptr; }, key);
  }
  check_problem(
      [](Json& r) {
        r["grounding"] = {{"planned", 1}, {"touched", 1}, {"unplanned", 0}};
      },
      "grounding.untouched");
}

TEST_CASE("a tested tree is an object id, and absent where it was not isolated") {
  Json record = valid();
  record["tested_tree"] = "0123456789abcdef0123456789abcdef01234567";
  CHECK(validate_session_record(record).empty());
  check_problem([](Json& r) { r["tested_tree"] = "0123"; }, "tested_tree");
  check_problem([](Json& r) { r["tested_tree"] = nullptr; }, "tested_tree");
  check_problem([](Json& r) { r["not_isolated"] = Json::array(); }, "not_isolated");
  check_problem([](Json& r) { r["not_isolated"] = "a link"; }, "not_isolated");
  check_problem(
      [](Json& r) {
        r["tested_tree"] = "0123456789abcdef0123456789abcdef01234567";
        r["not_isolated"] = {"node_modules/a leads back into the work tree"};
      },
      "tested_tree");
  record = valid();
  record["not_isolated"] = Json::array({"node_modules/a leads back into the work tree"});
  CHECK(validate_session_record(record).empty());
}

TEST_CASE("events are absent at zero") {
  check_problem([](Json& r) { r["stagnation_events"] = {{"total", 0}}; }, "stagnation_events");
  check_problem(
      [](Json& r) {
        r["grounding_injections"] = {{"count", 0}};
      },
      "grounding_injections");
  Json record = valid();
  record["stagnation_events"] = {{"total", 2}};
  CHECK(validate_session_record(record).empty());
}

TEST_CASE("a completion rate lies between 0 and 1") {
  const Json good = {{"planned_issues", 1},
                     {"completed", 1},
                     {"carryover", 0},
                     {"emergent", 0},
                     {"completion_rate", 1.0}};
  Json record = valid();
  record["effectiveness"] = good;
  CHECK(validate_session_record(record).empty());
  check_problem(
      [&good](Json& r) {
        r["effectiveness"] = good;
        r["effectiveness"]["completion_rate"] = 1.5;
      },
      "completion_rate");
}

}  // namespace
}  // namespace gs::records
