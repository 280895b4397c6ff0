#include "formats/json.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "formats/errors.h"

using namespace gs::formats;
using gs::Json;
using gs::test::contains;
using gs::test::error_of;

namespace {
std::string parse_error(std::string_view text) {
  return error_of([&] { (void)parse_json(text, "p.json"); });
}
}  // namespace

TEST_CASE("objects keep the order of their keys") {
  CHECK(to_json_line(parse_json(R"({"z":1,"a":[true,null,"x"]})", "p.json")) ==
        R"({"z":1,"a":[true,null,"x"]})");
}

TEST_CASE("text is indented by two and has no line end") {
  CHECK(to_json_text(parse_json(R"({"a":1})", "p.json")) == "{\n  \"a\": 1\n}");
}

TEST_CASE("malformed JSON names file and line") {
  CHECK(parse_error("{\n\"a\": 1,\n\"b\" 2\n}").starts_with("p.json:3: no valid JSON: "));
  CHECK(parse_error("{} x").starts_with("p.json:1: "));
  CHECK(parse_error("").starts_with("p.json:1: "));
  CHECK(parse_error("1e999").starts_with("p.json: "));
  CHECK_FALSE(contains(parse_error("{\n\"b\" 2\n}"), "json.exception"));
}

TEST_CASE("a NUL byte does not end the text") {
  CHECK(parse_error(std::string("{}\n\0garbage", 11)) == "p.json:2: no valid JSON: a NUL byte");
}

TEST_CASE("nesting is taken to 200 and refused at 201, however deep it goes on") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  CHECK(parse_error(nested(200)).empty());
  CHECK(parse_error("\n" + nested(201)) == "p.json:2: no valid JSON: nested deeper than 200");
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
