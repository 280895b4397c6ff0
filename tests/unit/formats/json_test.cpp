#include "formats/json.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "formats/errors.h"

using namespace gs::formats;
using gs::Json;
using gs::test::contains;
using gs::test::error_of;

namespace {
std::string parse_error(std::string_view text) {
  return error_of([&] { (void)parse_json(text, "p.json"); });
}

// The whole parser's word on the same text.
std::optional<Json> parsed(const std::string& text) {
  try {
    Json value = parse_json(text, "text");
    return value.is_object() ? std::optional(std::move(value)) : std::nullopt;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

void check_as_parsed(const std::string& text) {
  CAPTURE(text);
  const std::optional<Json> whole = parsed(text);
  const auto members = json_members(text);
  REQUIRE(members.has_value() == whole.has_value());
  if (!whole) return;
  Json rebuilt = Json::object();
  for (const JsonMember& member : *members) {
    rebuilt[member.key] = parse_json(member.written, "value");
    CHECK(rebuilt[member.key] == member.value);
  }
  CHECK(rebuilt == *whole);
}

const std::vector<std::string> kTexts = {
    R"({})",
    R"( { } )",
    "{\"a\":1}\r",
    R"({"a":"b","c":[1,{"d":null}],"e":{"f":true,"g":[]},"h":false})",
    R"({"a":0,"b":-0,"c":1.5,"d":-1.5e-3,"e":1E+2,"f":123456789012345678901234567890})",
    R"({"a":01})",
    R"({"a":-})",
    R"({"a":1.})",
    R"({"a":.5})",
    R"({"a":1e})",
    R"({"a":1e999})",
    R"({"a":1e-999})",
    R"({"a":+1})",
    R"({"a":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"})",
    R"({"a":"\ud83d"})",
    R"({"a":"\ude00"})",
    R"({"a":"\ud83d\u0041"})",
    R"({"a":"\x"})",
    R"({"a":"\u12g4"})",
    R"({"\u0061":1,"a":2})",
    R"({"a":1,"a":2})",
    "{\"a\":\"\t\"}",
    "{\"a\":\"\xC3\xA9\"}",
    "{\"a\":\"\xC3\"}",
    "{\"a\":\"\xED\xA0\x80\"}",
    "\xEF\xBB\xBF{\"a\":1}",
    R"({"a":1,})",
    R"({,"a":1})",
    R"({"a" 1})",
    R"({"a":1 "b":2})",
    R"({a:1})",
    R"({"a":1}})",
    R"({"a":1} x)",
    R"({"a":tru})",
    R"({"a":nulll})",
    R"([1])",
    R"("a")",
    R"(1)",
    "",
    "{",
    std::string("{\"a\":1}\0", 8),
    "{\"a\":" + std::string(199, '[') + std::string(199, ']') + "}",
    "{\"a\":" + std::string(200, '[') + std::string(200, ']') + "}",
};
}  // namespace

TEST_CASE("objects keep the order of their keys") {
  CHECK(to_json_line(parse_json(R"({"z":1,"a":[true,null,"x"]})", "p.json")) ==
        R"({"z":1,"a":[true,null,"x"]})");
}

TEST_CASE("text is indented by two and has no line end") {
  CHECK(to_json_text(parse_json(R"({"a":1})", "p.json")) == "{\n  \"a\": 1\n}");
}

TEST_CASE(
    "a large object keeps its order, and the last of two values of a key in the first's place") {
  std::string text = "{";
  for (int i = 0; i < 300'000; ++i)
    text += "\"k" + std::to_string(i) + "\":" + std::to_string(i) + ",";
  const Json value = parse_json(text + "\"k5\":\"a\",\"k200\":\"b\",\"k5\":\"c\"}", "p.json");
  CHECK(value.size() == 300'000);
  CHECK(value.at("k5") == "c");
  CHECK(value.at("k200") == "b");
  int number = 0;
  for (const auto& [key, member] : value.items()) {
    if (key != "k" + std::to_string(number)) FAIL("the order has changed at ", number);
    ++number;
  }
}

TEST_CASE("malformed JSON names file and line") {
  CHECK(parse_error("{\n\"a\": 1,\n\"b\" 2\n}").starts_with("p.json:3: invalid JSON: "));
  CHECK(parse_error("{} x").starts_with("p.json:1: "));
  CHECK(parse_error("").starts_with("p.json:1: "));
  CHECK(parse_error("1e999").starts_with("p.json: "));
  CHECK_FALSE(contains(parse_error("{\n\"b\" 2\n}"), "json.exception"));
}

TEST_CASE("a NUL byte does not end the text") {
  CHECK(parse_error(std::string("{}\n\0garbage", 11)) == "p.json:2: invalid JSON: a NUL byte");
}

TEST_CASE("nesting is taken to 200 and refused at 201, however deep it goes on") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  CHECK(parse_error(nested(200)).empty());
  CHECK(parse_error("\n" + nested(201)) == "p.json:2: invalid JSON: nested deeper than 200");
  CHECK(contains(parse_error(std::string(5'000'000, '[')), "nested deeper"));
  CHECK(parse_error("\"" + std::string(300, '[') + "\\\"[\"").empty());
}

TEST_CASE("bytes that are not UTF-8 become replacement characters in the output") {
  CHECK(to_json_line(Json("a\xFFz")) == "\"a\xEF\xBF\xBDz\"");
}

TEST_CASE("JSON lines: records, broken lines and empty ones are told apart") {
  const auto lines = parse_json_lines("{\"a\":1}\n\n[1]\n{\"b\":\r\n  \n{\"c\":3}\r\n{\"torn\":");
  REQUIRE(lines.records.size() == 2);
  CHECK(lines.records[0].line == 1);
  CHECK(lines.records[1].line == 6);
  CHECK(lines.records[1].value["c"] == 3);
  CHECK(lines.broken == std::vector<std::size_t>{3, 4, 7});
}

TEST_CASE("JSON lines: a line of zeros from a crash, bad UTF-8 and deep nesting are broken") {
  const std::string nul(1, '\0');
  const std::string text = std::string(8, '\0') + "\n{\"a\":\"\xFF\"}\n{}" + nul + "\n" +
                           std::string(100'000, '[') + "\n{\"ok\":1}\n";
  const auto lines = parse_json_lines(text);
  CHECK(lines.records.size() == 1);
  CHECK(lines.broken == std::vector<std::size_t>{1, 2, 3, 4});
}

TEST_CASE("JSON lines: a file truncated at every byte gives its whole lines and nothing else") {
  const std::string text = "{\"a\":1}\n{\"b\":{\"c\":[1,2]}}\n{\"d\":\"}\"}\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const std::string_view cut = std::string_view(text).substr(0, size);
    const auto whole = static_cast<std::size_t>(std::count(cut.begin(), cut.end(), '\n'));
    const auto lines = parse_json_lines(cut);
    CHECK(lines.records.size() >= whole);
    CHECK(lines.records.size() + lines.broken.size() <= whole + 1);
  }
}

TEST_CASE("members are what the whole parser finds, and what it refuses is refused") {
  for (const std::string& text : kTexts) check_as_parsed(text);
}

TEST_CASE("a text with random bytes changed is read as the whole parser reads it") {
  std::mt19937 random(1);
  const std::string alphabet = "{}[]\",:\\u0123456789eE+-. \ttrufalsn\xC3\xA9";
  for (int round = 0; round < 20000; ++round) {
    std::string text = kTexts[random() % kTexts.size()];
    if (text.empty() || text.size() > 100) continue;
    for (auto changes = random() % 3 + 1; changes > 0; --changes) {
      const std::size_t at = random() % text.size();
      const char other = alphabet[random() % alphabet.size()];
      if (random() % 2 == 0) {
        text[at] = other;
      } else {
        text.insert(at, 1, other);
      }
    }
    check_as_parsed(text);
  }
}

TEST_CASE("a value stands in the text as it was written") {
  const std::string text = R"({"a" : [1,  2] , "b":"x"})";
  const auto members = json_members(text);
  REQUIRE(members);
  CHECK((*members)[0].written == "[1,  2]");
  CHECK((*members)[0].written.data() == text.data() + 7);
  CHECK((*members)[1].written == "\"x\"");
}
