#include "formats/frontmatter.h"

#include <doctest/doctest.h>

#include <random>

#include "formats/errors.h"
#include "formats/lines.h"
#include "formats/yaml.h"

using namespace gs::formats;
using gs::Json;
using gs::test::contains;
using gs::test::error_of;

namespace {
std::string set_status(const std::string& yaml, const std::string& value = "completed") {
  const std::string text =
      set_frontmatter_values("---\n" + yaml + "---\nbody\n", {{"status", value}});
  CHECK(text.starts_with("---\n"));
  CHECK(text.ends_with("---\nbody\n"));
  return text.substr(4, text.size() - 4 - 9);
}
}  // namespace

TEST_CASE("frontmatter is split into views, CRLF and byte order mark included") {
  const std::string text = "\xEF\xBB\xBF---\r\na: 1\r\n---\r\nbody\r\n";
  const auto parts = split_frontmatter(text);
  REQUIRE(parts);
  CHECK(parts->yaml == "a: 1\r\n");
  CHECK(parts->body == "body\r\n");
}

TEST_CASE("the second line may be the last, or come at once") {
  CHECK(split_frontmatter("---\na: 1\n---")->body.empty());
  CHECK(split_frontmatter("---\n---\nx")->yaml.empty());
}

TEST_CASE("what is not a frontmatter") {
  for (const char* text : {"", "a\n---\n", "---\na: 1\n", "--- x\n---\n", "----\n---\n",
                           "\n---\n---\n", "---\n ---\n", "---"}) {
    CAPTURE(text);
    CHECK_FALSE(split_frontmatter(text));
  }
  CHECK(contains(error_of([] {
                   (void)set_frontmatter_values("body", {{"a", "b"}});
                 }),
                 "no frontmatter"));
}

TEST_CASE("a value is replaced and the comment behind it stays") {
  CHECK(set_status("a: 1\nstatus:   active   # why\nb: 2\n") ==
        "a: 1\nstatus:   completed   # why\nb: 2\n");
  CHECK(set_status("status: a#b  \n") == "status: completed  \n");
  CHECK(set_status("status : active\n") == "status : completed\n");
}

TEST_CASE("an empty value gets one, with its comment behind") {
  CHECK(set_status("status:\n") == "status: completed\n");
  CHECK(set_status("status: # c\n") == "status: completed # c\n");
  CHECK(set_status("status:  \n") == "status: completed  \n");
}

TEST_CASE("quoted keys and values are found, also with quotes inside") {
  CHECK(set_status("\"status\": \"a # \\\" b\" # c\n") == "\"status\": completed # c\n");
  CHECK(set_status("'status': 'it''s # x' # c\n") == "'status': completed # c\n");
  CHECK(set_status("status: \"two\n  lines\" # c\na: 1\n") == "status: completed # c\na: 1\n");
}

TEST_CASE("values over several lines give way whole") {
  CHECK(set_status("status: >-\n  act\n\n  ive\n\na: 1\n") == "status: completed\n\na: 1\n");
  CHECK(set_status("status: act\n  ive\na: 1\n") == "status: completed\na: 1\n");
  CHECK(set_status("status:\n- a\n- b\na: 1\n") == "status: completed\na: 1\n");
  CHECK(set_status("status:\n  x: 1\n# c\n  y: 2\n# d\na: 1\n") ==
        "status: completed\n# d\na: 1\n");
  CHECK(set_status("status: [a, 'x]',\n  b] # c\na: 1\n") == "status: completed # c\na: 1\n");
}

TEST_CASE("comments below a value are no part of it, whatever their indentation") {
  CHECK(set_status("status: x\n  # note\na: 1\n") == "status: completed\n  # note\na: 1\n");
  CHECK(set_status("status: x # c\n  # note\n") == "status: completed # c\n  # note\n");
  CHECK(set_status("status:\n  # note\na: 1\n") == "status: completed\n  # note\na: 1\n");
  CHECK(set_status("status: |\n  # text\n  x\na: 1\n") == "status: completed\na: 1\n");
}

TEST_CASE("a quote or bracket that nothing closes takes no other line along") {
  CHECK(set_status("status: \"open\na: \"x\"\n") == "status: completed\na: \"x\"\n");
  CHECK(set_status("status: [open # c\na: [x]\n") == "status: completed # c\na: [x]\n");
  CHECK(set_status("status: [a] b # c\na: 1\n") == "status: completed # c\na: 1\n");
  CHECK(set_status("status: \"x\\\n") == "status: completed\n");
}

TEST_CASE("only top-level keys of exactly this name count") {
  CHECK(set_status("x:\n  status: 1\nstatus2: 2\nmy-status: 3\nstatus:x\n") ==
        "x:\n  status: 1\nstatus2: 2\nmy-status: 3\nstatus:x\nstatus: completed\n");
  CHECK(set_status("# status: no\n") == "# status: no\nstatus: completed\n");
  CHECK(set_status("  a: 1\n  status: x\n") == "  a: 1\n  status: completed\n");
  CHECK(set_status("  a: 1\n") == "  a: 1\n  status: completed\n");
}

TEST_CASE("a new key is the last one, in the text's line ending") {
  CHECK(set_frontmatter_values("---\r\na: 1\r\n---\r\n\r\nx", {{"updated", "now"}}) ==
        "---\r\na: 1\r\nupdated: now\r\n---\r\n\r\nx");
  CHECK(set_frontmatter_values("---\n---\n", {{"a", "1"}, {"b", "2"}}) == "---\na: 1\nb: 2\n---\n");
}

TEST_CASE("frontmatter in one pair of braces is refused, not damaged") {
  CHECK(contains(error_of([] { (void)set_status("{a: 1}\n"); }), "cannot be set"));
}

TEST_CASE("keys go with their values, and nothing else does") {
  const auto without = [](const std::string& yaml) {
    return remove_frontmatter_keys("---\n" + yaml + "---\nk: body\n", {"k", "l"});
  };
  const std::string body = "---\nk: body\n";
  CHECK(without("a: 1\nk: 2 # why\nb: 3\n") == "---\na: 1\nb: 3\n" + body);
  CHECK(without("k: 1\nl: 2\n") == "---\n" + body);
  CHECK(without("a: 1\n") == "---\na: 1\n" + body);
  CHECK(without("k: 1\na: 2\nk: 3\n") == "---\na: 2\n" + body);
  CHECK(without("k:\n  - 1\n  - 2\na: 1\n") == "---\na: 1\n" + body);
  CHECK(without("k: |\n  text\n  k: text\na: 1\n") == "---\na: 1\n" + body);
  CHECK(without("k: \"two\n  lines\"\na: 1\n") == "---\na: 1\n" + body);
  CHECK(without("k: [1,\n  2]\na: 1\n") == "---\na: 1\n" + body);
  CHECK(without("key: 1\na:\n  k: 1\n") == "---\nkey: 1\na:\n  k: 1\n" + body);
  CHECK(remove_frontmatter_keys("---\r\nk: 1\r\na: 2\r\n---\r\n", {"k"}) ==
        "---\r\na: 2\r\n---\r\n");
}

TEST_CASE("the body is never looked at") {
  const std::string text = "---\nstatus: a\n---\nstatus: b\n---\nstatus: c\n---\n";
  CHECK(set_frontmatter_values(text, {{"status", "z"}}) ==
        "---\nstatus: z\n---\nstatus: b\n---\nstatus: c\n---\n");
}

namespace {

struct Document {
  std::string text;
  std::string before;  // everything in front of the value
  std::string after;   // everything behind it
};

// A random STATE.md with one "status" line.
Document random_document(std::mt19937& random) {
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random() % from.size()];
  };
  const std::string eol = pick({"\n", "\r\n"});
  const auto noise = [&](int part) {
    std::string lines;
    for (auto i = random() % 4; i > 0; --i) {
      const std::string key = "k" + std::to_string(part) + std::to_string(i);
      lines +=
          pick({"# comment: status: x", "  # indented: status: z", "", key + ": v  # status: y",
                key + ":   [1, 2,3 ]", key + ":" + eol + "  - status: inner" + eol + "    b: 'q'",
                key + ": \"status: # quoted\"", key + ": |" + eol + "  status: text",
                key + ":\t'it''s'", "   "});
      lines += eol;
    }
    return lines;
  };
  Document document;
  document.before = pick({"", "\xEF\xBB\xBF"}) + "---" + pick({"", " "}) + eol + noise(1) +
                    "status:" + pick({" ", "   "});
  document.after = pick({"", "  ", " # was so", "   # a 'b' \"c\""}) + eol + noise(2) + "---" +
                   eol + pick({"", "# Body" + eol + "status: body" + eol, "---" + eol});
  document.text = document.before +
                  pick({"active", "paused now", "\"quoted # x\"", "'single'", "a#b", "12", "[x, y]",
                        "http://x"}) +
                  document.after;
  return document;
}

}  // namespace

TEST_CASE("property: every byte but the value stays, and YAML reads the new value") {
  std::mt19937 random(7);
  for (int round = 0; round < 5000; ++round) {
    const Document document = random_document(random);
    CAPTURE(document.text);
    const std::string changed = set_frontmatter_values(document.text, {{"status", "completed"}});
    REQUIRE(changed == document.before + "completed" + document.after);
    if (round % 10 == 0) {
      const Json yaml = parse_yaml(split_frontmatter(changed)->yaml, "STATE.md", 2);
      CHECK(yaml["status"] == "completed");
    }
  }
}

TEST_CASE("property: setting a value twice is setting it once, and adding only adds one line") {
  std::mt19937 random(8);
  for (int round = 0; round < 2000; ++round) {
    const std::string text = random_document(random).text;
    const std::string once = set_frontmatter_values(text, {{"updated", "2026-11-22T10:00:00Z"}});
    CHECK(set_frontmatter_values(once, {{"updated", "2026-11-22T10:00:00Z"}}) == once);
    const std::string line = "updated: 2026-11-22T10:00:00Z" + std::string(line_ending(text));
    CHECK(once.size() == text.size() + line.size());
    std::string without = once;
    without.erase(without.find(line), line.size());
    CHECK(without == text);
  }
}
