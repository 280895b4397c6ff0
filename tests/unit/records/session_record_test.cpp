#include "records/session_record.h"

#include <doctest/doctest.h>

#include <string>

#include "formats/json.h"

namespace gs::records {
namespace {

using session::AgentRun;
using session::AgentStatus;

Timestamp at(std::string_view text) {
  return *parse_iso8601(text);
}

AgentRun agent(AgentStatus status, const std::string& files) {
  AgentRun run;
  run.description = "work";
  run.status = status;
  run.files = files;
  return run;
}

SessionStats stats() {
  SessionStats result;
  result.session_id = "main-2026-11-22-0930";
  result.session_type = "deep";
  result.platform = "claude";
  result.branch = "main";
  result.started_at = at("2026-11-22T09:30:00Z");
  result.completed_at = at("2026-11-22T11:43:07.500Z");
  result.total_waves = 3;
  result.waves = {
      {1, "Discovery", false, {agent(AgentStatus::Complete, "4 files")}},
      {2,
       "Impl-Core",
       false,
       {agent(AgentStatus::Partial, "src/a.cpp, src/b.cpp"),
        agent(AgentStatus::Failed, "src/b.cpp and some prose"), agent(AgentStatus::Spiral, "")}},
      {3, "Polish", true, {}}};
  result.quality = "pass";
  result.files_changed = 7;
  result.planned = 4;
  result.completed = 3;
  result.carryover = 1;
  result.emergent = 2;
  return result;
}

std::string waves_of(const SessionStats& stats) {
  return formats::to_json_line(session_record(stats)["waves"]);
}

TEST_CASE("the record has its keys in the order of the format") {
  SessionStats all = stats();
  all.grounding = GroundingStats{5, 4, 1, 1};
  CHECK(formats::to_json_line(session_record(all)) ==
        R"({"session_id":"main-2026-11-22-0930","session_type":"deep",)"
        R"("started_at":"2026-11-22T09:30:00.000Z","completed_at":"2026-11-22T11:43:07.500Z",)"
        R"("total_waves":3,"waves":[)"
        R"({"wave":1,"role":"Discovery","agent_count":1,"files_changed":4,"quality":"pass"},)"
        R"({"wave":2,"role":"Impl-Core","agent_count":3,"files_changed":2,"quality":"pass"},)"
        R"({"wave":3,"role":"Polish","agent_count":0,"files_changed":0,"quality":"skip"}],)"
        R"("agent_summary":{"complete":1,"partial":1,"failed":1,"spiral":1},"total_agents":4,)"
        R"("total_files_changed":7,"schema_version":1,"platform":"claude","branch":"main",)"
        R"("duration_seconds":7987,"status":"completed",)"
        R"("effectiveness":{"planned_issues":4,"completed":3,"carryover":1,"emergent":2,)"
        R"("completion_rate":0.75},)"
        R"("grounding":{"planned":5,"touched":4,"unplanned":1,"untouched":1}})");
  CHECK(validate_session_record(session_record(all)).empty());
}

TEST_CASE("without a wave history no wave is invented") {
  SessionStats none = stats();
  none.waves.clear();
  const Json record = session_record(none);
  CHECK(record["total_waves"] == 0);
  CHECK(record["waves"] == Json::array());
  CHECK(record["total_agents"] == 0);
  CHECK(validate_session_record(record).empty());
}

TEST_CASE("what was not measured is absent, not null") {
  const Json record = session_record(stats());
  for (const char* key : {"grounding", "discovery_stats", "review_stats", "stagnation_events",
                          "grounding_injections", "_clamped", "_original_completed_at"}) {
    CAPTURE(key);
    CHECK_FALSE(record.contains(key));
  }
}

TEST_CASE("a clock that went back is clamped and tagged") {
  SessionStats back = stats();
  back.completed_at = at("2026-11-22T09:29:00Z");
  const Json record = session_record(back);
  CHECK(record["completed_at"] == record["started_at"]);
  CHECK(record["_clamped"] == true);
  CHECK(record["_original_completed_at"] == "2026-11-22T09:29:00.000Z");
  CHECK(record["duration_seconds"] == 0);
  CHECK(validate_session_record(record).empty());
}

TEST_CASE("a session without a type of its own is a feature session") {
  SessionStats none = stats();
  none.session_type = "none";
  CHECK(session_record(none)["session_type"] == "feature");
  none.session_type = "housekeeping";
  CHECK(session_record(none)["session_type"] == "housekeeping");
}

TEST_CASE("where nothing was planned everything planned was completed") {
  SessionStats none = stats();
  none.planned = none.completed = none.carryover = 0;
  CHECK(session_record(none)["effectiveness"]["completion_rate"] == 1.0);
}

TEST_CASE("a wave's files are the count that is given or the paths that are named") {
  const auto files = [](const std::vector<std::string>& fields) {
    session::Wave wave{1, "Work", false, {}};
    for (const std::string& field : fields) {
      wave.agents.push_back(agent(AgentStatus::Complete, field));
    }
    return files_of_wave(wave);
  };
  CHECK(files({"4"}) == 4);
  CHECK(files({"3 files changed"}) == 3);
  CHECK(files({"about 3 files"}) == 3);
  CHECK(files({"src/a.cpp, README.md"}) == 2);
  CHECK(files({"src/a.cpp", "src/a.cpp"}) == 1);
  CHECK(files({"2 files", "src/a.cpp"}) == 3);
  CHECK(files({"src/a.cpp and some prose"}) == 1);
  CHECK(files({"0 files"}) == 0);
  CHECK(files({"several places, as of v1.2"}) == std::nullopt);
  CHECK(files({"wave2 files"}) == std::nullopt);
  CHECK(files({"99999999999999999999999 files"}) == std::nullopt);
  CHECK(files({""}) == std::nullopt);
}

TEST_CASE("a wave that the format cannot hold stays out, one without a role is named so") {
  SessionStats odd = stats();
  odd.total_waves = 0;
  odd.waves = {{0, "Baseline", false, {}}, {1, "", false, {}}};
  CHECK(waves_of(odd) ==
        R"([{"wave":1,"role":"unnamed","agent_count":0,"files_changed":0,"quality":"pass"}])");
  CHECK(session_record(odd)["total_waves"] == 1);
  CHECK(validate_session_record(session_record(odd)).empty());
}

}  // namespace
}  // namespace gs::records
