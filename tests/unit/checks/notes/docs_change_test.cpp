#include "checks/notes/docs_change.h"

#include <doctest/doctest.h>

namespace gs::checks {
namespace {

bool of_substance(std::string_view before, std::string_view after,
                  std::string_view path = "docs/a.md") {
  return judge_docs_change(path, before, after).of_substance;
}

TEST_CASE("new, changed and removed words are a change of substance") {
  CHECK(of_substance("", "words\n"));
  CHECK(of_substance("one\n", "one\ntwo\n"));
  CHECK(of_substance("one\ntwo\n", "one\n"));
  CHECK(of_substance("[a](b)\n", "[a](c)\n"));
}

TEST_CASE("white space alone is none, however the lines are broken") {
  CHECK_FALSE(of_substance("one two\n", "one\ntwo\n\n\n"));
  CHECK_FALSE(of_substance("- a\n", "  -   a  \r\n"));
  CHECK_FALSE(of_substance("a\n", "a"));
}

TEST_CASE("comments alone are none, over several lines too") {
  CHECK_FALSE(of_substance("one\n", "one\n<!-- a thought -->\n"));
  CHECK_FALSE(of_substance("one\n", "<!--\nmany\nwords\n-->\none <!-- x --><!-- y -->\n"));
  CHECK_FALSE(of_substance("one <!-- a -->", "one <!-- b -->"));
  CHECK_FALSE(of_substance("", "<!-- never closed\nwords\n"));
  CHECK(of_substance("one\n", "<!-- a --> two <!-- b -->\none\n"));
}

TEST_CASE("what looks like a comment in a code fence is words") {
  CHECK(of_substance("```\n```\n", "```\n<!-- shown -->\n```\n"));
  CHECK_FALSE(of_substance("a\n", "a\n<!--\n```\n-->\n"));
}

TEST_CASE("in source code, lines that are nothing but a comment do not count") {
  CHECK_FALSE(of_substance("int a;\n", "// says what\n  int a;\n/* more\n   of it */\n", "a.h"));
  CHECK(of_substance("int a;\n", "int b;\n", "a.h"));
  CHECK(of_substance("say(\"a\");\n", "say(\"b\");\n", "a.h"));
  CHECK_FALSE(of_substance("a: 1\n", "# why\na: 1\n", "a.yaml"));
  CHECK(of_substance("a\n", "# a heading of a text\na\n", "a.txt"));
}

TEST_CASE("a mark for review counts in an added line") {
  const auto to_review = [](std::string_view before, std::string_view after) {
    return judge_docs_change("a.md", before, after).to_review;
  };
  CHECK(to_review("", "words <!-- REVIEW: source needed -->\n"));
  CHECK(to_review("", "<!--review: source needed (who says so?) -->\n"));
  CHECK_FALSE(
      to_review("x <!-- REVIEW: source needed -->\n", "x <!-- REVIEW: source needed -->\ny\n"));
  CHECK_FALSE(to_review("x <!-- REVIEW: source needed -->\n", "x\n"));
  CHECK_FALSE(to_review("", "REVIEW: source needed\n<!-- TODO -->\n"));
}

}  // namespace
}  // namespace gs::checks
