#include "formats/markdown.h"

#include <doctest/doctest.h>

#include <chrono>
#include <random>

using namespace gs::formats;

namespace {
std::vector<std::string> titles(std::string_view text) {
  std::vector<std::string> result;
  for (const auto& section : markdown_sections(text)) {
    result.push_back(std::to_string(section.level) + " " + std::string(section.title));
  }
  return result;
}

std::vector<std::string> targets(std::string_view text) {
  std::vector<std::string> found;
  for (const WikiLink& link : wiki_links(text)) found.push_back(link.target);
  return found;
}
using Targets = std::vector<std::string>;
}  // namespace

TEST_CASE("a section reaches to the next heading of the same or a higher level") {
  const std::string text = "intro\n# A\na\n## B\nb\n### C\nc\n## D\nd\n# E\n";
  const auto sections = markdown_sections(text);
  REQUIRE(sections.size() == 5);
  CHECK(sections[0].content == "a\n## B\nb\n### C\nc\n## D\nd\n");
  CHECK(sections[1].content == "b\n### C\nc\n");
  CHECK(sections[2].content == "c\n");
  CHECK(sections[2].line == 6);
  CHECK(sections[4].content.empty());
}

TEST_CASE("only ATX headings count") {
  CHECK(titles("#A\n####### seven\n    # code\n ## B ##\n## C#\n##\n#\ttab\n") ==
        std::vector<std::string>{"2 B", "2 C#", "2 ", "1 tab"});
}

TEST_CASE("headings in fences do not count") {
  CHECK(titles("# A\n```sh\n# no\n~~~\n```\n## B\n~~~~\n# no\n~~~\n# no\n~~~~\n### C\n") ==
        std::vector<std::string>{"1 A", "2 B", "3 C"});
  CHECK(titles("```a```\n# A\n") == std::vector<std::string>{"1 A"});
  CHECK(titles("```\n# unclosed\n").empty());
}

TEST_CASE("comments in frontmatter are no headings and its fences are none") {
  const std::string text = "---\n# a comment\nk: |\n  ```\n---\n## A\n";
  CHECK(titles(text) == std::vector<std::string>{"2 A"});
  CHECK(markdown_sections(text)[0].line == 6);
}

TEST_CASE("CRLF titles are trimmed and content keeps its bytes") {
  const auto section = find_markdown_section("## A\r\nx\r\n## B\r\n", 2, "A");
  REQUIRE(section);
  CHECK(section->content == "x\r\n");
  CHECK_FALSE(find_markdown_section("## A\n", 3, "A"));
}

TEST_CASE("a line is appended before the blank lines that separate the next section") {
  CHECK(append_to_section("## Deviations\n\n- one\n\n\n## Next\n", "Deviations", "- two") ==
        "## Deviations\n\n- one\n- two\n\n\n## Next\n");
  CHECK(append_to_section("## Deviations\n- one", "Deviations", "- two") ==
        "## Deviations\n- one\n- two\n");
}

TEST_CASE("an empty section gets a blank line after its heading") {
  CHECK(append_to_section("## Deviations\n\n## Next\n", "Deviations", "- x") ==
        "## Deviations\n\n- x\n\n## Next\n");
  CHECK(append_to_section("## Deviations", "Deviations", "- x") == "## Deviations\n\n- x\n");
}

TEST_CASE("a placeholder gives way") {
  CHECK(append_to_section("## Deviations\n\n(none yet)\n\n## N\n", "Deviations", "- x") ==
        "## Deviations\n\n- x\n\n## N\n");
  CHECK(append_to_section("## Deviations\r\n- (none yet)\r\n", "Deviations", "- x") ==
        "## Deviations\r\n- x\r\n");
}

TEST_CASE("a fence that is left open is closed before anything is appended") {
  CHECK(append_to_section("a\n~~~~ x\nb\n", "Deviations", "- x") ==
        "a\n~~~~ x\nb\n~~~~\n\n## Deviations\n\n- x\n");
  CHECK(append_to_section("## Deviations\n\n- one\n```\nb", "Deviations", "- x") ==
        "## Deviations\n\n- one\n```\nb\n```\n\n- x\n");
  CHECK(append_to_section("```\na\n```\n", "Deviations", "- x") ==
        "```\na\n```\n\n## Deviations\n\n- x\n");
}

TEST_CASE("a missing section is added at the end, in the text's line ending") {
  CHECK(append_to_section("# T\r\ntext", "Deviations", "- x") ==
        "# T\r\ntext\r\n\r\n## Deviations\r\n\r\n- x\r\n");
  CHECK(append_to_section("a\n\n", "D", "- x") == "a\n\n## D\n\n- x\n");
  CHECK(append_to_section("", "D", "- x") == "## D\n\n- x\n");
  CHECK(append_to_section("```\n## D\n```\n", "D", "- x") == "```\n## D\n```\n\n## D\n\n- x\n");
}

TEST_CASE("property: appending inserts one line and leaves every other byte") {
  std::mt19937 random(20261122);
  const std::vector<std::string> pieces = {
      "## Deviations", "## Other", "### Sub", "# Top", "",        "  ",         "- item",
      "text # x",      "```",      "~~~",     "\t",    "> quote", "<!-- c -->", "## Deviations ##"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const auto count = random() % 12;
    for (std::size_t i = 0; i < count; ++i) {
      text += pieces[random() % pieces.size()];
      if (i + 1 < count || random() % 4 != 0) text += random() % 3 == 0 ? "\r\n" : "\n";
    }
    CAPTURE(text);
    const std::string once = append_to_section(text, "Deviations", "- NEW");
    const std::size_t at = once.find("- NEW");
    REQUIRE(at != std::string::npos);
    CHECK(once.find("- NEW", at + 1) == std::string::npos);
    // What was there before is a prefix and a suffix of the result.
    std::size_t prefix = 0;
    while (prefix < text.size() && prefix < at && text[prefix] == once[prefix]) ++prefix;
    const std::string rest = text.substr(prefix);
    CHECK(once.ends_with(rest));
    const std::string added = once.substr(prefix, once.size() - text.size());
    CHECK(added.find_first_not_of("\r\n# DeviationsNEW-`~") == std::string::npos);
    const auto section = find_markdown_section(once, 2, "Deviations");
    if (section) CHECK(section->content.find("- NEW") != std::string_view::npos);
    const std::string twice = append_to_section(once, "Deviations", "- LATER");
    if (section) CHECK(twice.find("- LATER") > twice.find("- NEW"));
  }
}

TEST_CASE("a fence is closed by at least as many of its own marks and nothing else") {
  CodeFence fence;
  CHECK(fence.take("````md"));
  CHECK_FALSE(fence.take("```"));
  CHECK_FALSE(fence.take("~~~~"));
  CHECK_FALSE(fence.take("```` x"));
  CHECK(fence.inside());
  CHECK(fence.take("  `````  "));
  CHECK_FALSE(fence.inside());
}

TEST_CASE("two marks, four spaces and code within a line open nothing") {
  CodeFence fence;
  for (const char* line : {"``", "    ```", "```a`b", "text ```", "", "\t```"}) {
    CAPTURE(line);
    CHECK_FALSE(fence.take(line));
  }
  CHECK(fence.take("~~~ a`b"));
}

TEST_CASE("a wiki link's target is told without anchor and alias") {
  CHECK(targets("see [[a]], [[ b c ]] and [[dir/d#part|the d]]") == Targets{"a", "b c", "dir/d"});
  CHECK(targets("| [[e\\|alias]] | ![[picture.png]] |") == Targets{"e", "picture.png"});
  CHECK(targets("[[f#^block]] [[g.md]]") == Targets{"f", "g.md"});
}

TEST_CASE("a link to an anchor of its own note, and what does not close, is not a link") {
  CHECK(targets("[[#here]] [[]] [[|x]] [[open [[ ]").empty());
  CHECK(targets("[[broken\nover lines]]").empty());
  CHECK(targets("[[a[b]] [[c]]") == Targets{"c"});
  CHECK(targets("[[[a]]]") == Targets{"a"});
}

TEST_CASE("code is not searched for links") {
  CHECK(targets("```sh\n[[ -f x ]]\n```\n[[a]]\n~~~\n[[b]]\n~~~") == Targets{"a"});
  CHECK(targets("`[[a]]` [[b]] ``[[c]] ` [[d]]`` [[e]]") == Targets{"b", "e"});
  CHECK(targets("a ` b [[c]]") == Targets{"c"});
}

TEST_CASE("each target comes once, with its first line") {
  const auto links = wiki_links("x\r\n[[a]]\r\n[[b]] [[a]]", 7);
  REQUIRE(links.size() == 2);
  CHECK(links[0].target == "a");
  CHECK(links[0].line == 8);
  CHECK(links[1].line == 9);
}

TEST_CASE("hostile texts take linear time") {
  const auto begin = std::chrono::steady_clock::now();
  CHECK(targets(std::string(2'000'000, '[')).empty());
  std::string ticks = "[[";
  for (int i = 1; i < 1500; ++i) ticks += std::string(static_cast<std::size_t>(i), '`') + " ";
  CHECK(targets(ticks).empty());
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
}
