#include "formats/json.h"

#include <doctest/doctest.h>

#include <random>

#include "formats/json.h"

using namespace gs;
using namespace gs::formats;

namespace {

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
