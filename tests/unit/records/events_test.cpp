#include "records/events.h"

#include <doctest/doctest.h>

#include "base/file/file.h"
#include "formats/json.h"
#include "support/temp_repo.h"

namespace gs::records {
namespace {

const Timestamp kNow = *parse_iso8601("2026-11-22T12:00:00Z");

ScopeViolationEvent violation(const std::string& commit, const std::string& path,
                              const std::string& rule) {
  return {"s", commit, RepoPath(path), rule, "warn"};
}

}  // namespace

TEST_CASE("a violation is recorded once for its commit, path and rule") {
  const TemporaryDirectory directory;
  const std::string file = join_path(directory.path(), "metrics/events.jsonl");
  const RepoPath place("metrics/events.jsonl");
  record_violations(TreeFiles(directory.path()), place,
                    {violation("1", "a", "x"), violation("1", "a", "x")}, kNow);
  record_violations(TreeFiles(directory.path()), place,
                    {violation("1", "a", "x"), violation("1", "a", "y")}, kNow);
  record_violations(TreeFiles(directory.path()), place,
                    {violation("2", "a", "x"), violation("1", "b", "x")}, kNow);
  const auto lines = formats::parse_json_lines(read_file(file));
  CHECK(lines.broken.empty());
  REQUIRE(lines.records.size() == 4);
  CHECK(lines.records[0].value == Json{{"timestamp", "2026-11-22T12:00:00.000Z"},
                                       {"event", "git_session.scope.violation"},
                                       {"session", "s"},
                                       {"commit", "1"},
                                       {"path", "a"},
                                       {"rule", "x"},
                                       {"enforcement", "warn"}});
}

TEST_CASE("other tools' lines and broken ones stay, and nothing is written for nothing") {
  const TemporaryDirectory directory;
  const std::string file = join_path(directory.path(), "events.jsonl");
  const RepoPath place("events.jsonl");
  record_violations(TreeFiles(directory.path()), place, {}, kNow);
  CHECK_FALSE(file_info(file));
  const std::string before = "{\"event\":\"other\"}\nbroken git_session.scope.violation\n";
  write_file_atomically(file, before);
  record_violations(TreeFiles(directory.path()), place, {violation("1", "caf\xe9", "x")}, kNow);
  const std::string text = read_file(file);
  CHECK(text.starts_with(before));
  CHECK(text.find(R"("path":"\"caf\\351\"")") != std::string::npos);
}

namespace {

EventStats figures_of(const std::string& text) {
  return count_events(session::parse_events(text, "s"));
}

}  // namespace

TEST_CASE("only this session's events count, by either key, with or without the prefix") {
  const EventStats stats = figures_of(
      R"({"event":"stagnation_detected","session":"s","pattern":"spiral","error_class":"other","file":"a.c"}
{"event":"orchestrator.stagnation.detected","session_id":"s","pattern":"spiral","file":"a.c"}
{"event":"orchestrator.stagnation_detected","session":"s-2","pattern":"spiral"}
{"event":"orchestrator.grounding.injected","session":"s","file":"b.c","lines":12}
{"event":"grounding_injected","session":"s","file":"b.c","lines":-3}
{"event":"grounding_injected","lines":3}
)");
  CHECK(stats.stagnations == 2);
  CHECK(stats.stagnation_patterns == std::map<std::string, std::size_t>{{"spiral", 2}});
  CHECK(stats.stagnation_classes == std::map<std::string, std::size_t>{{"other", 1}});
  CHECK(stats.stagnation_files == std::set<std::string>{"a.c"});
  CHECK(stats.groundings == 2);
  CHECK(stats.grounding_files == std::set<std::string>{"b.c"});
  CHECK(stats.grounding_lines == 12);
}

TEST_CASE("torn lines, NULs and what is not an event are passed over") {
  const std::string good =
      R"({"event":"stagnation_detected","session":"s","pattern":7,"file":null})";
  std::string text = R"({"event":"stagnation_detected","session":"s")" + std::string("\n");
  text += std::string("\0\0\0stagnation\0", 14) + "\n[\"stagnation\"]\n\n" + good + "\n";
  text += R"({"event":"stagnation_det)";
  const EventStats stats = figures_of(text);
  CHECK(stats.stagnations == 1);
  CHECK(stats.stagnation_patterns.empty());
  CHECK(stats.stagnation_files.empty());
}

TEST_CASE("a wave takes from its start to its end, or to the next one's start") {
  const EventStats stats = figures_of(
      R"({"event":"orchestrator.wave.started","session_id":"s","wave_number":1,"timestamp":"2026-11-22T10:00:00Z"}
{"event":"orchestrator.wave.completed","session_id":"s","wave_number":1,"timestamp":"2026-11-22T10:12:05Z"}
{"event":"orchestrator.wave.started","session_id":"s","wave_number":2,"timestamp":"2026-11-22T10:15:00Z"}
{"event":"orchestrator.wave.started","session_id":"other","wave_number":2,"timestamp":"2026-11-22T09:00:00Z"}
{"event":"wave_started","session":"s","wave":3,"timestamp":"2026-11-22T10:16:00.500Z"}
)");
  using std::chrono::milliseconds;
  CHECK(stats.wave_durations ==
        std::map<long, milliseconds>{{1, milliseconds(725'000)}, {2, milliseconds(60'500)}});
}

TEST_CASE("a wave's time that makes no sense is not measured") {
  const EventStats stats = figures_of(
      R"({"event":"wave_started","session":"s","wave":1,"timestamp":"2026-11-22T10:00:00Z"}
{"event":"wave_completed","session":"s","wave":1,"timestamp":"2026-11-22T09:00:00Z"}
{"event":"wave_started","session":"s","wave":2,"timestamp":"yesterday"}
{"event":"wave_completed","session":"s","wave":2,"timestamp":"2026-11-22T10:00:00Z"}
{"event":"wave_started","session":"s","wave":-4,"timestamp":"2026-11-22T10:00:00Z"}
{"event":"wave_completed","session":"s","timestamp":"2026-11-22T10:00:00Z"}
)");
  CHECK(stats.wave_durations.empty());
}

}  // namespace gs::records
