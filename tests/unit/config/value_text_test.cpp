#include "config/value_text.h"

#include <doctest/doctest.h>

#include "formats/yaml.h"

using namespace gs::config;
using gs::Json;
using Strings = std::vector<std::string>;

TEST_CASE("lists: brackets or not, quotes hide commas, empty items go") {
  CHECK(parse_list_text("a, b") == Strings{"a", "b"});
  CHECK(parse_list_text(" [a,b , ] ") == Strings{"a", "b"});
  CHECK(parse_list_text(R"(["a, b", 'c', d"e])") == Strings{"a, b", "c", "d\"e"});
  CHECK(parse_list_text("[]").empty());
  CHECK(parse_list_text("[").size() == 1);
  CHECK(parse_list_text("").empty());
  CHECK(parse_list_text("O'Neil <o@x>, B <b@x>") == Strings{"O'Neil <o@x>", "B <b@x>"});
}

TEST_CASE("integers with overrides") {
  CHECK(parse_integer_text("6") == Json(6));
  CHECK(parse_integer_text("6 (deep: 18)") == Json({{"default", 6}, {"deep", 18}}));
  CHECK(parse_integer_text("6 (deep: 18, feature:4)") ==
        Json({{"default", 6}, {"deep", 18}, {"feature", 4}}));
  for (const char* text : {"", "x", "-1", "6 (deep 18)", "6 (deep: x)", "6 (deep: 1", "(deep: 1)",
                           "6 (: 1)", "6 ()", "1.5", "99999999999", "6 7"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_integer_text(text));
  }
}

TEST_CASE("sizes are git's") {
  CHECK(parse_size("50m") == 50U << 20U);
  CHECK(parse_size("1G") == 1U << 30U);
  CHECK(parse_size("7") == 7U);
  for (const char* text : {"", "m", "-1", "5 mb", "5t", "99999999999999999g"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_size(text));
  }
}

TEST_CASE("one pair of quotes goes, two quoted words stay") {
  CHECK(without_quotes("\"a b\"", '"') == "a b");
  CHECK(without_quotes("\"a\" && \"b\"", '"') == "\"a\" && \"b\"");
  CHECK(without_quotes("\"echo \"hi\"\"", '"') == "echo \"hi\"");
  CHECK(without_quotes("\"", '"') == "\"");
  CHECK(without_quotes("\"\"", '"').empty());
}

TEST_CASE("items that start with a star are quoted, everything else stays") {
  CHECK(quote_globs("  exclude:\n    - **/x.md # c\n    - a*b\n") ==
        "  exclude:\n    - '**/x.md' # c\n    - a*b\n");
  CHECK(quote_globs("k: [*.md, \"**/y\", a/*, '*z']\r\n") ==
        "k: ['*.md', \"**/y\", a/*, '*z']\r\n");
  CHECK(quote_globs("k: *.md\r\n") == "k: '*.md'\r\n");
  CHECK(quote_globs("a: \"x: *y\"") == "a: \"x: *y\"");
  CHECK(quote_globs("a: x ** y") == "a: x ** y");
  CHECK(quote_globs("") == "");
}

TEST_CASE("a quote in a glob is part of it") {
  CHECK(gs::formats::parse_yaml(quote_globs("- *it's*\n- b\n"), "f") == gs::Json({"*it's*", "b"}));
}
