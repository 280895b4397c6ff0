#include "formats/yaml.h"

#include <doctest/doctest.h>

#include <chrono>

#include "formats/errors.h"

using namespace gs::formats;
using gs::Json;
using gs::test::contains;
using gs::test::error_of;

namespace {
Json parse(std::string_view text) {
  return parse_yaml(text, "f.yml");
}
std::string yaml_error(std::string_view text, std::size_t first_line = 1) {
  return error_of([&] { (void)parse_yaml(text, "f.yml", first_line); });
}
}  // namespace

TEST_CASE("plain scalars follow the core schema") {
  const std::pair<const char*, Json> cases[] = {
      {"~", nullptr},     {"null", nullptr},
      {"NULL", nullptr},  {"true", true},
      {"False", false},   {"yes", "yes"},
      {"off", "off"},     {"12", 12},
      {"-7", -7},         {"+7", 7},
      {"007", 7},         {"0o17", 15},
      {"0x1F", 31},       {"1.5", 1.5},
      {"-.5", -0.5},      {"5.", 5.0},
      {"1e3", 1000.0},    {"1.5E-1", 0.15},
      {"1.2.3", "1.2.3"}, {"0b1", "0b1"},
      {"1_000", "1_000"}, {"12:30:00", "12:30:00"},
      {".", "."},         {"+", "+"},
      {"e5", "e5"},       {"1e", "1e"},
      {"0x", "0x"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.first);
    CHECK(parse("k: " + std::string(each.first))["k"] == each.second);
  }
}

TEST_CASE("dates, times and what JSON has no number for stay strings") {
  for (const char* text : {"2026-11-22", "2026-11-22T12:59:15Z", "12:59", ".inf", "-.Inf", ".nan",
                           "99999999999999999999", "1e999"}) {
    CAPTURE(text);
    CHECK(parse("k: " + std::string(text))["k"] == text);
  }
}

TEST_CASE("quoted scalars are strings, whatever they look like") {
  CHECK(parse("a: \"12\"\nb: 'true'\nc: ''\nd: |\n  null\n") ==
        Json({{"a", "12"}, {"b", "true"}, {"c", ""}, {"d", "null\n"}}));
}

TEST_CASE("core tags are taken, others refused") {
  CHECK(parse("a: !!str 12")["a"] == "12");
  CHECK(parse("a: !!int 12")["a"] == 12);
  CHECK(parse("a: ! 12")["a"] == "12");
  CHECK(contains(yaml_error("a: 1\nb: !ruby/object:Foo {}"), "f.yml:2: "));
  CHECK(contains(yaml_error("a: !!python/object x"), "tag"));
  CHECK(contains(yaml_error("a: !!set {x}"), "tag"));
}

TEST_CASE("block and flow collections keep their order; CRLF and comments are fine") {
  CHECK(to_json_line(parse("z: 1\r\na:\r\n  - x\r\n  - {k: v, l: [1, 2]} # c\r\nm: [a, b]\r\n")) ==
        R"({"z":1,"a":["x",{"k":"v","l":[1,2]}],"m":["a","b"]})");
}

TEST_CASE("an empty text is null") {
  CHECK(parse("").is_null());
  CHECK(parse("# only a comment\n").is_null());
}

TEST_CASE("a quote that nothing closes is an error, it swallows no keys") {
  CHECK_FALSE(yaml_error("a: \"x\nb: 1\n").empty());
  CHECK_FALSE(yaml_error("a: 'x").empty());
  CHECK_FALSE(yaml_error("- \"x\\\"\n").empty());
}

TEST_CASE("document marks around one document are fine") {
  CHECK(parse("---\na: 1\n...\n") == Json({{"a", 1}}));
  CHECK(parse("a: 1\n...\n# c\n") == Json({{"a", 1}}));
  CHECK(parse("--- x") == "x");
  CHECK(parse("...\n").is_null());
  CHECK(parse("a: |\n  x\n\n") == Json({{"a", "x\n"}}));
  CHECK(parse("a: |+\n  x\n\n") == Json({{"a", "x\n\n"}}));
}

TEST_CASE("errors name the line of the file") {
  CHECK(yaml_error("a: 1\nb: [1\nc: 2\n", 10).starts_with("f.yml:1"));
  CHECK(yaml_error("a: 1\n\tb: 2\n", 10).starts_with("f.yml:11: invalid YAML: "));
  CHECK(yaml_error("a: 1\nb: 2\na: 3\n", 5) == "f.yml:7: invalid YAML: duplicate key 'a'");
  CHECK(contains(yaml_error("- {a: 1, a: 2}"), "duplicate key"));
  CHECK(parse_yaml("a: 1\nb: {c: 1, c: 2}\na: [3]\n", "f.yml", 1, DuplicateKeys::LastWins) ==
        Json({{"a", Json::array({3})}, {"b", {{"c", 2}}}}));
  CHECK(contains(yaml_error("a: 1\n---\nb: 2\n"), "more than one document"));
  CHECK(contains(yaml_error("? [a]\n: b\n"), "must be a scalar"));
}

TEST_CASE("anchors and aliases are refused before anything expands") {
  CHECK(contains(yaml_error("a: &x 1\nb: *x\n"), "f.yml:1: invalid YAML: anchors"));
  std::string bomb = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 40; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last + "," + last + "]\n";
  }
  CHECK_FALSE(yaml_error(bomb).empty());
}

TEST_CASE("depth 50 is taken, 51 refused, a million does not overflow the stack") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + "x" + std::string(depth, ']');
  };
  CHECK(yaml_error(nested(50)).empty());
  CHECK(contains(yaml_error(nested(51)), "nested deeper than 50"));
  CHECK_FALSE(yaml_error(std::string(1'000'000, '[')).empty());
  CHECK_FALSE(yaml_error(std::string(1'000'000, '{')).empty());
  std::string block;
  for (int i = 0; i < 60; ++i) block += "- ";
  CHECK(contains(yaml_error(block + "x"), "nested deeper than 50"));
}

TEST_CASE("texts over 1 MiB are refused, and many keys take no quadratic time") {
  CHECK(contains(yaml_error(std::string((1U << 20U) + 1, ' ')), "1 MiB"));
  std::string many;
  for (int i = 0; i < 60'000; ++i) many += "k" + std::to_string(i) + ": 1\n";
  const auto start = std::chrono::steady_clock::now();
  CHECK(parse(many).size() == 60'000);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}

TEST_CASE("control characters are refused, so that no byte ends the text early") {
  CHECK(yaml_error("a: 1\nb: \x04\nc: 2\n") == "f.yml:2: invalid YAML: a control character");
  CHECK_FALSE(yaml_error(std::string("a: 1\0b", 6)).empty());
}
