#include <doctest/doctest.h>

#include <string>

#include "checks/lines/probes.h"

namespace gs::checks {
namespace {

std::vector<git::AddedLine> lines(const std::vector<std::string>& texts) {
  std::vector<git::AddedLine> added;
  for (const std::string& text : texts) added.push_back({added.size() + 1, text});
  return added;
}

std::size_t count(std::string_view path, const std::string& text) {
  return find_annotations(path, lines({text})).findings.size();
}

TEST_CASE("annotations are found in the comments of each language, with their severity") {
  const auto found = find_annotations(
      "a.py", lines({"x = 1  # TODO: more", "# FIXME(ann) breaks", "# HACK", "  # XXX: why"}));
  REQUIRE(found.findings.size() == 4);
  CHECK(found.findings[0].line == 1);
  CHECK(found.findings[0].severity == session::Severity::Low);
  CHECK(found.findings[0].title == "TODO without an issue");
  CHECK(found.findings[1].severity == session::Severity::Medium);
  CHECK(count("a.c", "/* TODO: x */") == 1);
  CHECK(count("a.c", " * FIXME: x") == 1);
  CHECK(count("a.ts", "// @todo x // TODO(me): x") == 1);
  CHECK(count("a.html", "<!-- TODO x -->") == 1);
  CHECK(count("a.sql", "-- TODO x") == 1);
}

TEST_CASE("what only speaks of an annotation is none") {
  CHECK(count("a.py", "# see the TODO list") == 0);
  CHECK(count("a.py", "# 'TODO' marks") == 0);
  CHECK(count("a.py", "x = 'TODO: no comment'") == 0);
  CHECK(count("a.py", "TODO = 1") == 0);
  CHECK(count("a.py", "# TODOS are many") == 0);
  CHECK(count("a.c", "// version X.XXX or XXXX") == 0);
  CHECK(count("README.md", "TODO: write") == 0);
  CHECK(count("a.unknown", "# TODO: x") == 0);
}

TEST_CASE("an annotation that names an issue is fine") {
  for (const std::string text :
       {"# TODO(#12): x", "# TODO ABC-12 x", "# TODO: see issue 12", "# FIXME: gh-12",
        "# TODO: https://example.org/1", "# TODO(b/123): x", "# XXX bug 12", "# TODO: see 3090"}) {
    CAPTURE(text);
    CHECK(count("a.py", text) == 0);
  }
  CHECK(count("a.py", "# TODO: use UTF-8") == 1);
  CHECK(find_annotations("a.py", lines({"# TODO: a long", "# story, see #12"})).findings.empty());
  CHECK(find_annotations("a.py", lines({"# TODO: a", "# TODO: b #12"})).findings.size() == 1);
  CHECK(find_annotations("a.py", lines({"# TODO: a", "x = 1", "# see #12"})).findings.size() == 1);
}

TEST_CASE("the numbers that annotations name are answered with") {
  const auto found = find_annotations("a.py", lines({"# TODO(#12): x", "# TODO other/repo#5 #7"}));
  REQUIRE(found.references.size() == 2);
  CHECK(found.references[0].issue == 12);
  CHECK(found.references[0].line == 1);
  CHECK(found.references[1].issue == 7);
}

TEST_CASE("no finding shows a secret") {
  const std::string token = std::string("ghp") + "_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17";
  const auto found = find_annotations("a.py", lines({"x = '" + token + "'  # TODO: hide it"}));
  REQUIRE(found.findings.size() == 1);
  CHECK(found.findings[0].detail.find(token) == std::string::npos);
}

}  // namespace
}  // namespace gs::checks
