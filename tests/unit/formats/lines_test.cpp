#include "formats/lines.h"

#include <doctest/doctest.h>

#include <string>

using namespace gs::formats;

TEST_CASE("lines know their bytes, whatever ends them") {
  const std::string text = "a\r\n\nb";
  const auto lines = text_lines(text);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].text == "a");
  CHECK(lines[0].end == 3);
  CHECK(lines[1].text.empty());
  CHECK(lines[2].begin == 4);
  CHECK(lines[2].end == text.size());
  CHECK(text_lines("").empty());
}

TEST_CASE("a byte order mark is not a part of the first line") {
  const auto lines = text_lines("\xEF\xBB\xBF## A\r\nb");
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].text == "## A");
  CHECK(lines[0].begin == 3);
  CHECK(lines[1].text == "b");
  CHECK(text_lines("\xEF\xBB\xBF").empty());
}

TEST_CASE("the first line decides on the line ending") {
  CHECK(line_ending("a\r\nb\n") == "\r\n");
  CHECK(line_ending("a\nb\r\n") == "\n");
  CHECK(line_ending("a") == "\n");
}

TEST_CASE("an offset's line counts from 1") {
  CHECK(line_at("a\nb\n", 0) == 1);
  CHECK(line_at("a\nb\n", 2) == 2);
  CHECK(line_at("a\nb\n", 99) == 3);
}
