#include "records/learnings.h"

#include <doctest/doctest.h>

#include "base/text.h"
#include "formats/json.h"

using namespace gs;
using namespace gs::records;

namespace {

LearningRules rules_at(const char* now) {
  static int next = 0;
  return {"main-1", *parse_iso8601(now), 0.05, 30, [] { return "id-" + std::to_string(++next); }};
}
const LearningRules kRules = rules_at("2026-11-22T15:08:50.881Z");

std::string line(const std::string& subject, const std::string& confidence,
                 const std::string& expires = "2026-12-01T00:00:00.000Z",
                 const std::string& type = "fragile-file") {
  return R"({"id":"x","type":")" + type + R"(","subject":")" + subject + R"(","confidence":)" +
         confidence + R"(,"expires_at":")" + expires + R"(","their":{"own":[1,2]}})" + "\n";
}

Json only(const std::string& text) {
  const formats::JsonLines lines = formats::parse_json_lines(text);
  REQUIRE(lines.records.size() == 1);
  return lines.records.front().value;
}

Lesson lesson(const std::string& subject, bool contradicts = false) {
  return {"fragile-file", subject, "an insight", "some evidence", contradicts};
}

}  // namespace

TEST_CASE("a new learning has every key of the format and starts at 0.5") {
  const LearningsUpdate update = update_learnings("", {lesson("a.c")}, kRules);
  const Json value = only(update.text);
  CHECK(value["schema_version"] == 1);
  CHECK(value["id"].get<std::string>().starts_with("id-"));
  CHECK(value["type"] == "fragile-file");
  CHECK(value["subject"] == "a.c");
  CHECK(value["insight"] == "an insight");
  CHECK(value["evidence"] == "some evidence");
  CHECK(value["confidence"] == 0.5);
  CHECK(value["source_session"] == "main-1");
  CHECK(value["created_at"] == "2026-11-22T15:08:50.881Z");
  CHECK(value["expires_at"] == "2026-12-22T00:00:00.000Z");
  CHECK(update.changes.added == 1);
}

TEST_CASE("what is learned again gains 0.15, at most 1, and lives on; its other keys stay") {
  const LearningsUpdate update =
      update_learnings(line("a.c", "0.45"), {lesson("a.c"), lesson("a.c")}, kRules);
  const Json value = only(update.text);
  CHECK(value["confidence"] == 0.6);
  CHECK(value["expires_at"] == "2026-12-22T00:00:00.000Z");
  CHECK(value["their"] == formats::parse_json(R"({"own":[1,2]})", "test"));
  CHECK(update.changes.confirmed == 1);
  CHECK(only(update_learnings(line("a.c", "0.95"), {lesson("a.c")}, kRules).text)["confidence"] ==
        1.0);
}

TEST_CASE("what is contradicted loses 0.2 and keeps its expiry; spent, it goes") {
  const LearningsUpdate update =
      update_learnings(line("a.c", "0.5"), {lesson("a.c", true)}, kRules);
  CHECK(only(update.text)["confidence"] == 0.3);
  CHECK(only(update.text)["expires_at"] == "2026-12-01T00:00:00.000Z");
  CHECK(update.changes.contradicted == 1);
  const LearningsUpdate spent = update_learnings(line("a.c", "0.2"), {lesson("a.c", true)}, kRules);
  CHECK(spent.text.empty());
  CHECK(spent.changes.expired == 1);
}

TEST_CASE("contradicting what nobody has learned changes nothing") {
  const LearningsUpdate update = update_learnings("", {lesson("a.c", true)}, kRules);
  CHECK(update.text.empty());
  CHECK(update.changes.contradicted == 0);
}

TEST_CASE("type and subject have to be the same to the letter") {
  const std::string text = line("a.c", "0.5") + line("a.c", "0.5", "2027-01-01", "scope-guidance");
  const LearningsUpdate update = update_learnings(text, {lesson("A.c")}, kRules);
  CHECK(update.changes.added == 1);
  CHECK(update.changes.confirmed == 0);
}

TEST_CASE("what a session does not touch fades by the rate, never below 0, and goes at 0") {
  CHECK(only(update_learnings(line("a.c", "0.5"), {}, kRules).text)["confidence"] == 0.45);
  CHECK(update_learnings(line("a.c", "0.05"), {}, kRules).text.empty());
  CHECK(update_learnings(line("a.c", "0.01"), {}, kRules).text.empty());
  LearningRules no_decay = kRules;
  no_decay.decay_rate = 0;
  CHECK(update_learnings(line("a.c", "0.5"), {}, no_decay).text == line("a.c", "0.5"));
}

TEST_CASE("a learning of 0.5 that nobody touches again is gone after ten sessions") {
  std::string text = line("a.c", "0.5");
  for (int session = 1; session <= 9; ++session) text = update_learnings(text, {}, kRules).text;
  CHECK(only(text)["confidence"] == 0.05);
  CHECK(update_learnings(text, {}, kRules).text.empty());
}

TEST_CASE("a learning goes on the day after it expired, and one that is confirmed then stays") {
  CHECK_FALSE(
      update_learnings(line("a.c", "0.5", "2026-11-22T00:00:00.000Z"), {}, kRules).text.empty());
  const std::string yesterday = line("a.c", "0.5", "2026-11-21T00:00:00.000Z");
  const LearningsUpdate update = update_learnings(yesterday, {}, kRules);
  CHECK(update.text.empty());
  CHECK(update.changes.expired == 1);
  CHECK(only(update_learnings(yesterday, {lesson("a.c")}, kRules).text)["confidence"] == 0.65);
  CHECK(update_learnings(yesterday, {lesson("a.c", true)}, kRules).text.empty());
}

TEST_CASE("of duplicates the one with the highest confidence stays where it is") {
  const std::string text = line("a.c", "0.3") + line("b.c", "0.5") + line("a.c", "0.9");
  const LearningsUpdate update = update_learnings(text, {}, kRules);
  const formats::JsonLines lines = formats::parse_json_lines(update.text);
  REQUIRE(lines.records.size() == 2);
  CHECK(lines.records[0].value["subject"] == "b.c");
  CHECK(lines.records[1].value["confidence"] == 0.85);
  CHECK(update.changes.merged == 1);
}

TEST_CASE("lines that are no learning stay where they stand, byte for byte") {
  const std::string nul("torn\0line", 9);
  const std::string text = "not json\n" + line("a.c", "0.5") + nul + "\n\n" +
                           R"({"type":"x","subject":"y"})" + "\n{\"type\":\"fragile-f";
  const LearningsUpdate update = update_learnings(text, {lesson("new.c")}, kRules);
  const std::vector<std::string_view> lines = split_lines(update.text);
  REQUIRE(lines.size() == 7);
  CHECK(lines[0] == "not json");
  CHECK(lines[2] == nul);
  CHECK(lines[3].empty());
  CHECK(lines[4] == R"({"type":"x","subject":"y"})");
  CHECK(lines[5] == "{\"type\":\"fragile-f");
  CHECK(lines[6].find("new.c") != std::string_view::npos);
  CHECK(update.changes.unreadable == 4);
  CHECK(update.text.ends_with('\n'));
}

TEST_CASE("a file that nothing changes is the same to the last byte") {
  LearningRules no_decay = kRules;
  no_decay.decay_rate = 0;
  const std::string text =
      "garbage\r\n { \"type\" : \"t\", \"subject\":\"s\",\"confidence\":1e0 } ";
  CHECK(update_learnings(text, {}, no_decay).text == text);
}

TEST_CASE("a line ending of two bytes survives a change of its line") {
  std::string text = line("a.c", "0.5");
  text.insert(text.size() - 1, "\r");
  CHECK(update_learnings(text, {}, kRules).text.ends_with("}\r\n"));
}

TEST_CASE("an expiry that is not a date never expires") {
  CHECK_FALSE(update_learnings(line("a.c", "0.5", "never"), {}, kRules).text.empty());
}

TEST_CASE("of a line that changes, only the values that do are written anew") {
  const std::string text =
      R"({ "their" : {"b":1.50,"a":"\u00e9"},  "type":"fragile-file","subject":"a.c", "confidence" : 5.0e-1 })";
  const std::string faded =
      R"({ "their" : {"b":1.50,"a":"\u00e9"},  "type":"fragile-file","subject":"a.c", "confidence" : 0.45 })";
  CHECK(update_learnings(text, {}, kRules).text == faded + "\n");
  const std::string confirmed = update_learnings(text, {lesson("a.c")}, kRules).text;
  CHECK(
      confirmed ==
      R"({ "their" : {"b":1.50,"a":"\u00e9"},  "type":"fragile-file","subject":"a.c", "confidence" : 0.65 ,"expires_at":"2026-12-22T00:00:00.000Z"})"
      "\n");
  // Again, with the expiry in the middle.
  std::string moved = confirmed;
  moved.insert(1, R"("expires_at":null,)");
  CHECK(only(update_learnings(moved, {lesson("a.c")}, kRules).text)["expires_at"] ==
        "2026-12-22T00:00:00.000Z");
}

TEST_CASE("a subject with escapes is the same subject") {
  const std::string text = line(R"(src\/\u0061.c)", "0.5");
  const LearningsUpdate update = update_learnings(text, {lesson("src/a.c")}, kRules);
  CHECK(update.changes.confirmed == 1);
  CHECK(update.changes.added == 0);
  REQUIRE(update.learnings.size() == 1);
  CHECK(update.learnings[0].subject == "src/a.c");
}
