#include "checks/notes/drift.h"

#include <doctest/doctest.h>

#include <chrono>

namespace gs::checks {
namespace {

std::vector<std::string> paths(std::string_view text) {
  std::vector<std::string> found;
  for (const auto& path : scan_document(text).paths)
    found.push_back(std::to_string(path.line) + " " + path.text);
  return found;
}
std::vector<std::string> issues(std::string_view text) {
  std::vector<std::string> found;
  for (const auto& issue : scan_document(text).issues)
    found.push_back(std::to_string(issue.line) + " #" + std::to_string(issue.issue) + " " +
                    issue.heading);
  return found;
}
using Texts = std::vector<std::string>;

TEST_CASE("absolute paths are found with their line, without the sentence's punctuation") {
  CHECK(paths("see /home/me/a.md.\n(`/Users/x/b-c/d_e`), \"/home/q\":12\n") ==
        Texts{"1 /home/me/a.md", "2 /Users/x/b-c/d_e", "2 /home/q"});
  CHECK(paths("/home/me/caf\xC3\xA9/\r\n") == Texts{"1 /home/me/caf\xC3\xA9/"});
}

TEST_CASE("what stands for any path, a part of a longer one, or an address is none") {
  CHECK(paths("/home/<user>/x /home/$USER/x /home/*/x /Users/{name} /home/%u /home/.../x").empty());
  CHECK(paths("/home/\xE2\x80\xA6/x").empty());
  CHECK(paths("https://example.org/home/x ~/home/x ./home/x /srv/home/x ${ROOT}/home/x").empty());
  CHECK(paths("everything below /home/ and /Users/ or /homes/x").empty());
}

TEST_CASE("fences hide paths and issues, but not counts and session files") {
  const std::string text =
      "## Backlog\n```\n/home/x #1 (3 projects) 50-sessions/2026-11-22-a.md\n```\n#2\n";
  const DocumentClaims claims = scan_document(text);
  CHECK(claims.paths.empty());
  CHECK(issues(text) == Texts{"5 #2 Backlog"});
  REQUIRE(claims.counts.size() == 1);
  CHECK(claims.counts[0].count == 3);
  CHECK(claims.counts[0].text == "(3 projects)");
  REQUIRE(claims.session_files.size() == 1);
  CHECK(claims.session_files[0].text == "50-sessions/2026-11-22-a.md");
}

TEST_CASE("counts are a number and a word in parentheses") {
  const DocumentClaims claims = scan_document(
      "(12 registered) (1 project) ( 2 projects) (3  Subfolders) (4projects) (5 others)\n"
      "(6 projects and more) 7 projects (99999999999 projects) (8\nprojects)");
  std::vector<long> counts;
  for (const auto& count : claims.counts) counts.push_back(count.count);
  CHECK(counts == std::vector<long>{12, 1, 3});
}

TEST_CASE("session files are named by day") {
  const DocumentClaims claims = scan_document(
      "[[50-sessions/2026-11-22-late.md]] (vault/50-sessions/2026-11-22-b.x.md.) "
      "50-sessions/2026-11-22.md 50-sessions/index.md 50-sessions/2026-1-22-a.md "
      "50-sessions/2026-11-22-a.txt 50-sessions/");
  Texts files;
  for (const auto& file : claims.session_files) files.push_back(file.text);
  CHECK(files == Texts{"50-sessions/2026-11-22-late.md", "50-sessions/2026-11-22-b.x.md"});
}

TEST_CASE("a heading's words say where it looks, in English and German") {
  for (const char* forward :
       {"What's Next", "What\xE2\x80\x99s next?", "Backlog", "3. Open Issues", "Offene Themen",
        "Offene  Issues", "TODO", "Todo:", "Next Steps", "Roadmap 2027"})
    CHECK_MESSAGE(looking(forward) == Looking::Forward, forward);
  for (const char* backward :
       {"Recently Closed", "Done", "Archive", "History", "Changelog", "Decisions", "Status",
        "References", "Backlog (done)", "Roadmap history", "Closed Issues"})
    CHECK_MESSAGE(looking(backward) == Looking::Backward, backward);
  for (const char* neither : {"Setup", "Todos", "Abandoned", "Statusbar", "Next", ""})
    CHECK_MESSAGE(looking(neither) == Looking::Neither, neither);
}

TEST_CASE("issues count below a forward-looking heading and the ones below it") {
  CHECK(issues("#1\n# Project\n#2\n## Backlog\n- #3, (#4) and [#5]\n### Uploads\n#6\n"
               "### Done\n#7\n#### Later\n#8\n### Other\n#9\n## Setup\n#10\n") ==
        Texts{"5 #3 Backlog", "5 #4 Backlog", "5 #5 Backlog", "7 #6 Backlog", "13 #9 Backlog"});
  CHECK(issues("## History\n### Roadmap\n#1\n").empty());
  CHECK(issues("## Setup\n### Roadmap\n#1\n") == Texts{"3 #1 Roadmap"});
  CHECK(issues("## Backlog of #12\n").empty());
}

TEST_CASE("what looks like an issue of this repository and is none does not count") {
  CHECK(issues("# Todo\na#1 org/repo#2 ##3 &#4; #5x #x6 #0 #9999999999 page/#7 #\n").empty());
}

TEST_CASE("hostile texts take linear time") {
  const auto begin = std::chrono::steady_clock::now();
  std::string headings;
  for (int i = 0; i < 50'000; ++i) headings += "# Backlog\n#1\n";
  CHECK(scan_document(headings).issues.size() == 50'000);
  for (const char* part : {"(", "#", "/home/", "50-sessions/", "(1 ", "/", "#1", "`"}) {
    std::string text = "# Todo\n";
    while (text.size() < 1'000'000) text += part;
    (void)scan_document(text);
  }
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
}

}  // namespace
}  // namespace gs::checks
