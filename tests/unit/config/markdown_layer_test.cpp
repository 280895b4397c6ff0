#include <doctest/doctest.h>

#include <map>

#include "config/layer.h"
#include "formats/errors.h"

using namespace gs::config;
using gs::Json;
using gs::test::contains;
using gs::test::error_of;

namespace {

// Last value of each key.
std::map<std::string, Json> values(const Layer& layer) {
  std::map<std::string, Json> result;
  for (const Setting& setting : layer.settings) result[setting.key] = setting.value;
  return result;
}
std::map<std::string, Json> read(const std::string& text) {
  return values(read_markdown_layer(text, "CLAUDE.md"));
}
std::map<std::string, Json> in_section(const std::string& lines) {
  return read("# T\n\n## Session Config\n" + lines);
}
std::size_t line_of(const Layer& layer, const std::string& key) {
  std::size_t line = 0;
  for (const Setting& setting : layer.settings) {
    if (setting.key == key) line = setting.origin.line;
  }
  return line;
}

}  // namespace

TEST_CASE("both forms of a line are read, with line and file") {
  const Layer layer = read_markdown_layer(
      "# T\n\n## Session Config\n\n- **persistence:** false\nwaves: 6 (deep: 18)\n", "CLAUDE.md");
  REQUIRE(layer.settings.size() == 2);
  CHECK(layer.settings[0].key == "persistence");
  CHECK(layer.settings[0].value == "false");
  CHECK(layer.settings[0].origin.describe() == "CLAUDE.md:5");
  CHECK(layer.settings[1].value == "6 (deep: 18)");
}

TEST_CASE("only the section counts, from its exact heading to the next one") {
  CHECK(read("waves: 1\n## Session Config\nwaves: 2\n### Sub\nmirror: x\n## Next\nwaves: 3\n") ==
        std::map<std::string, Json>{{"waves", "2"}, {"mirror", "x"}});
  for (const char* heading : {"## session config", "### Session Config", "## Session Config ",
                              " ## Session Config", "## Session Config (old)"}) {
    CAPTURE(heading);
    CHECK(read(std::string(heading) + "\nwaves: 2\n").empty());
    CHECK_FALSE(has_session_config(std::string(heading) + "\n"));
  }
  CHECK(has_session_config("x\r\n## Session Config\r\n"));
  CHECK(has_session_config("## Session Config"));
}

TEST_CASE("backticks around a whole value are Markdown's, not the shell's") {
  CHECK(in_section("- **test-command:** `make check`\nlint-command: `a # b`  # why\n") ==
        std::map<std::string, Json>{{"test-command", "make check"}, {"lint-command", "a # b"}});
  CHECK(in_section("- **test-command:** `a` && `b`\n") ==
        std::map<std::string, Json>{{"test-command", "`a` && `b`"}});
  CHECK(in_section("- **test-command:** echo `date`\n") ==
        std::map<std::string, Json>{{"test-command", "echo `date`"}});
}

TEST_CASE("a line that was meant to set a key is named, with the right form") {
  for (const char* line : {"- test-command: make", "- `test-command`: make", "  test-command: make",
                           "* __test-command__: make", "- test-comand: make"}) {
    CAPTURE(line);
    const Layer layer =
        read_markdown_layer("## Session Config\n\n" + std::string(line) + "\n", "CLAUDE.md");
    CHECK(layer.settings.empty());
    REQUIRE(layer.warnings.size() == 1);
    CHECK(layer.warnings.front() ==
          "CLAUDE.md:3: this line is ignored: a key is taken only as '- **test-command:** …'");
  }
  for (const char* text : {"## Session Config\n- Note: read this\n- see https://x.example\n",
                           "- test-command: make\n## Session Config\n",
                           "## Session Config\n```\n- test-command: make\n```\n"}) {
    CAPTURE(text);
    CHECK(read_markdown_layer(text, "CLAUDE.md").warnings.empty());
  }
}

TEST_CASE("a second section is ignored with a warning") {
  const Layer layer = read_markdown_layer(
      "## Session Config\nwaves: 1\n## X\n## Session Config\nwaves: 2\n", "CLAUDE.md");
  CHECK(values(layer)["waves"] == "1");
  REQUIRE(layer.warnings.size() == 1);
  CHECK(layer.warnings[0].starts_with("CLAUDE.md:4: "));
}

TEST_CASE("fence lines are skipped and their content counts") {
  CHECK(in_section("```yaml\nwaves: 3\n```\nmirror: m\n") ==
        std::map<std::string, Json>{{"waves", "3"}, {"mirror", "m"}});
}

TEST_CASE("comments are cut, one pair of quotes goes, CRLF is fine") {
  auto found = in_section(
      "a: x # comment\r\nb: \"q # kept\" # cut\r\nc: \"v\"\r\nd: a#b #c\r\ne: # only\r\n"
      "f: \"a\" && \"b\"\r\n- **g:**   spaced out  \r\n");
  CHECK(found["a"] == "x");
  CHECK(found["b"] == "q # kept");
  CHECK(found["c"] == "v");
  CHECK(found["d"] == "a#b #c");
  CHECK(found["e"].is_null());
  CHECK(found["f"] == "\"a\" && \"b\"");
  CHECK(found["g"] == "spaced out");
}

TEST_CASE("the last occurrence comes last") {
  CHECK(in_section("waves: 1\nwaves: 2\n")["waves"] == "2");
}

TEST_CASE("prose, indented text, links and headings set nothing") {
  CHECK(in_section("Some prose here.\n  indented: 1\n- item: 2\nhttps://x.org\n### a: b\nno-colon\n"
                   "two words: 1\n**bold** text: 1\n> quote: 1\n: x\n")
            .empty());
}

TEST_CASE("blocks are read at column 0 anywhere, also outside the section and in fences") {
  const Layer layer = read_markdown_layer(
      "# T\nvault-sync:\n  enabled: true\n\n  mode: hard   # c\n  exclude:\n    - \"a/**\"\n"
      "    - **/b.md\nprose\n```yaml\ndrift-check:\n  enabled: true\n# c\n  include-paths: [A.md, "
      "*.md]\n```\n## Session Config\nvault-staleness:\n  thresholds:\n    top: 10\n",
      "AGENTS.md");
  auto found = values(layer);
  CHECK(found["vault-sync.enabled"] == true);
  CHECK(found["vault-sync.mode"] == "hard");
  CHECK(found["vault-sync.exclude"] == Json({"a/**", "**/b.md"}));
  CHECK(found["drift-check.include-paths"] == Json({"A.md", "*.md"}));
  CHECK(found["vault-staleness.thresholds"] == Json({{"top", 10}}));
  CHECK(line_of(layer, "vault-sync.mode") == 5);
  CHECK(line_of(layer, "drift-check.include-paths") == 14);
  CHECK(layer.warnings.empty());
}

TEST_CASE("an indented block name, or one with text behind it, is not a block") {
  CHECK(read("  vault-sync:\n    enabled: true\nvault-sync: see below\n  enabled: true\n").empty());
}

TEST_CASE("a block on one line counts in the section") {
  CHECK(in_section("vault-sync: { enabled: true, exclude: [**/x] }\n") ==
        std::map<std::string, Json>{{"vault-sync.enabled", true},
                                    {"vault-sync.exclude", Json::array({"**/x"})}});
}

TEST_CASE("a block that is no YAML is an error with its line") {
  CHECK(error_of([] {
          (void)read("# T\n\ndrift-check:\n  enabled: true\n  mode: [strict\nrest\n");
        }).starts_with("CLAUDE.md:"));
  CHECK(contains(error_of([] { (void)read("drift-check:\n  mode: warn\n  mode: off\n"); }),
                 "CLAUDE.md:3: "));
}

TEST_CASE("a block of prose is ignored with a warning, an empty one without") {
  const Layer layer = read_markdown_layer("vault-sync:\n\n    some code\n", "CLAUDE.md");
  CHECK(layer.settings.empty());
  CHECK(layer.warnings.size() == 1);
  CHECK(read_markdown_layer("vault-sync:\ntext\n", "CLAUDE.md").warnings.empty());
}

TEST_CASE("values below a key are read as YAML, in the section only") {
  auto found =
      in_section("cross-repos:\n  - a\n  - b\nagent-mapping:\n  impl: x\nspecial:\nwaves: 2\n");
  CHECK(found["cross-repos"] == Json({"a", "b"}));
  CHECK(found["agent-mapping"] == Json({{"impl", "x"}}));
  CHECK(found["special"].is_null());
  CHECK(found["waves"] == "2");
  CHECK(read("cross-repos:\n  - a\n").empty());
}

TEST_CASE("broken YAML below another key is a warning and does not hide what follows") {
  const Layer layer =
      read_markdown_layer("## Session Config\nspecial:\n  a: [\nwaves: 2\n", "CLAUDE.md");
  CHECK(layer.warnings.size() == 1);
  CHECK(values(layer)["waves"] == "2");
}

TEST_CASE("a file truncated at every byte never throws anything but an Error") {
  const std::string text =
      "## Session Config\r\n- **waves:** 6 (deep: 18)\r\nvault-sync:\r\n  enabled: true\r\n"
      "  exclude: [\"a\", **/b]\r\n```yaml\r\ndrift-check:\r\n  mode: off\r\n```\r\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    try {
      (void)read(text.substr(0, size));
    } catch (const gs::Error& error) {
      CHECK(error.message().starts_with("CLAUDE.md:"));
    }
  }
}
