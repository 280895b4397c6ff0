#include "checks/notes/vault.h"

#include <doctest/doctest.h>

#include <chrono>

namespace gs::checks {
namespace {

constexpr std::string_view kValid =
    "id: retry-uploads\ntype: note\ncreated: 2026-11-22\nupdated: 2026-11-22T14:05\n";

NoteScan scan(const std::string& yaml, const std::string& body = "") {
  return scan_note("---\n" + yaml + "---\n" + body);
}
// The errors of a note that is valid but for one more line.
std::vector<std::string> wrong(const std::string& line) {
  std::vector<std::string> messages;
  for (const NoteProblem& problem : scan(std::string(kValid) + line + "\n").errors)
    messages.push_back(std::to_string(problem.line) + " " + problem.message);
  return messages;
}
using Messages = std::vector<std::string>;

TEST_CASE("a note with the required keys is valid, and other keys pass") {
  const NoteScan note = scan(std::string(kValid) +
                             "title: Uploads\ntags: [area/uploads, v2]\nstatus: mvp\nexpires: "
                             "2027-01-01\nsource: a talk\nsources: [a, b]\naliases: ['Up loads']\n"
                             "cssclass: wide\nnested: {a: [1]}\n");
  CHECK(note.has_frontmatter);
  CHECK(note.errors.empty());
  CHECK(note.warnings.empty());
}

TEST_CASE("each missing key is named") {
  const NoteScan note = scan("title: x\n");
  REQUIRE(note.errors.size() == 4);
  CHECK(note.errors[0].message == "'id' is missing");
  CHECK(note.errors[1].message == "'type' is missing");
  CHECK(note.errors[2].message == "'created' is missing");
  CHECK(note.errors[3].message == "'updated' is missing");
  CHECK(scan("").errors.size() == 4);
}

TEST_CASE("ids are slugs of 2 to 128 characters") {
  const auto id_errors = [](const std::string& id) {
    return scan("type: note\ncreated: 2026-11-22\nupdated: 2026-11-22\nid: " + id + "\n")
        .errors.size();
  };
  for (const std::string& good :
       {std::string("ab"), std::string("a-1-b"), std::string("'22'"), std::string(128, 'a')})
    CHECK(id_errors(good) == 0);
  for (const std::string& bad :
       {std::string("a"), std::string("A-b"), std::string("a--b"), std::string("-ab"),
        std::string("ab-"), std::string("a_b"), std::string("a b"), std::string("22"),
        std::string("ä-b"), std::string(129, 'a'), std::string("[ab]"), std::string("")})
    CHECK_MESSAGE(id_errors(bad) == 1, bad);
}

TEST_CASE("dates are ISO dates or date-times, seconds and zone optional") {
  for (const char* good : {"2026-11-22", "2026-11-22T14:05", "2026-11-22T14:05:09.123Z",
                           "2026-11-22T14:05+02:00", "'2026-11-22'"})
    CHECK_MESSAGE(wrong(std::string("expires: ") + good).empty(), good);
  for (const char* bad : {"22.11.2026", "2026-13-01", "2026-11-31", "tomorrow", "2026", "[]"})
    CHECK_MESSAGE(wrong(std::string("expires: ") + bad).size() == 1, bad);
}

TEST_CASE("a wrong value is named with its line, its key and what is allowed") {
  CHECK(wrong("status: done") ==
        Messages{"6 'status' is 'done', allowed: draft, active, verified, archived, production, "
                 "mvp or idea"});
  CHECK(wrong("tags: [ok, Not Ok]") ==
        Messages{"6 'tags' entry 2 is 'Not Ok', not slugs joined by '/' such as 'area/uploads'"});
  CHECK(wrong("tags: ok") == Messages{"6 'tags' is not a list: 'ok'"});
  CHECK(wrong("title: 12") == Messages{"6 'title' must be a string: '12'"});
  CHECK(wrong("title: ''") == Messages{"6 'title' has 0 characters, allowed: 1 to 200"});
  CHECK(wrong("aliases: [a, 1]") == Messages{"6 'aliases' entry 2 must be a string: '1'"});
  CHECK(wrong("sources: {a: b}") == Messages{"6 'sources' is not a list: '{\"a\":\"b\"}'"});
  CHECK(wrong("source:") == Messages{"6 'source' has no value"});
  CHECK(wrong("tags: [a/" + std::string(64, 'b') + "]") ==
        Messages{"6 'tags' entry 1 has 66 characters, allowed: 1 to 64"});
  CHECK(wrong("title: " + std::string("\"") + std::string(200, 'x') + "\"").empty());
}

TEST_CASE("a title's length counts characters, not bytes") {
  std::string title;
  for (int i = 0; i < 200; ++i) title += "ä";
  CHECK(wrong("title: " + title).empty());
  CHECK(wrong("title: " + title + "ä").size() == 1);
}

TEST_CASE("a text without frontmatter is none, and one that is never closed is a warning") {
  CHECK_FALSE(scan_note("# A note\n[[x]]\n").has_frontmatter);
  CHECK(scan_note("# A note\n[[x]]\n").links.empty());
  CHECK(scan_note("---\nA thought between two rules\n").warnings.empty());
  const NoteScan open = scan_note("---\nid: a-note\ntype: note\n");
  CHECK_FALSE(open.has_frontmatter);
  REQUIRE(open.warnings.size() == 1);
  CHECK(open.warnings[0].message == "the frontmatter is never closed by a line '---'");
}

TEST_CASE("broken YAML is an error with the line of the file") {
  const NoteScan note = scan("id: a-b\ntitle: \"open\nx: [1\n");
  REQUIRE(note.errors.size() == 1);
  CHECK(note.errors[0].message.starts_with("invalid YAML: "));
  CHECK(note.errors[0].line >= 3);
  CHECK(scan("- a\n- b\n").errors[0].message == "the frontmatter is not a mapping");
  CHECK(scan("id: \xff\xfe\n").errors[0].message == "the frontmatter is not UTF-8");
}

TEST_CASE("a YAML bomb, deep nesting and a huge frontmatter are refused quickly") {
  const auto begin = std::chrono::steady_clock::now();
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 9; ++k) bomb += (k > 0 ? ", *a" : "*a") + std::to_string(i - 1);
    bomb += "]\n";
  }
  const NoteScan bombed = scan(bomb);
  REQUIRE(bombed.errors.size() == 1);
  CHECK(bombed.errors[0].message.find("anchors are not supported") != std::string::npos);
  CHECK(scan("a: " + std::string(60'000, '[') + "\n").errors.size() == 1);
  CHECK(scan("a: " + std::string(60'000, '{') + "\n").errors.size() == 1);
  CHECK(scan("a:\n  " +
             [] {
               std::string text;
               for (int i = 0; i < 30'000; ++i) text += "- ";
               return text;
             }() +
             "x\n")
            .errors.size() == 1);
  const NoteScan huge = scan("a: '" + std::string((64U << 10U), 'x') + "'\n");
  REQUIRE(huge.errors.size() == 1);
  CHECK(huge.errors[0].message.find("larger than 64 KiB") != std::string::npos);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
}

TEST_CASE("CRLF, a byte order mark and a body that is no UTF-8 are fine") {
  const NoteScan note = scan_note(
      "\xEF\xBB\xBF---\r\nid: a-b\r\ntype: note\r\ncreated: 2026-11-22\r\nupdated: 2026-11-22\r\n"
      "---\r\n\xff\xfe [[c]]\r\n");
  CHECK(note.errors.empty());
  REQUIRE(note.links.size() == 1);
  CHECK(note.links[0].target == "c");
  CHECK(note.links[0].line == 7);
}

}  // namespace
}  // namespace gs::checks
