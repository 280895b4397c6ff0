#include "close/plan/commit_message.h"

#include <doctest/doctest.h>

#include "close/close_fixture.h"

using namespace gs;
using namespace gs::close;
using test::added;
using test::changed;
using test::removed;

namespace {

std::vector<RepoPath> paths(const std::vector<const char*>& names) {
  std::vector<RepoPath> list;
  for (const char* name : names) list.emplace_back(name);
  return list;
}

session::Plan plan_of(const std::string& title, const std::string& type = "") {
  session::Plan plan;
  session::PlanItem item;
  item.title = title;
  item.type = type;
  plan.items.push_back(item);
  return plan;
}

// The message of the plan's first item, which changed these files.
std::string item_message(const std::string& title, std::vector<StagedFile> files,
                         std::optional<long> closes = std::nullopt,
                         const std::vector<std::string>& co_authors = {},
                         const std::string& type = "") {
  const std::optional<session::Plan> plan = plan_of(title, type);
  return unit_message({plan, "main-1", "feature", "", co_authors, true}, {0, std::move(files)},
                      closes);
}

std::string subject(const std::string& message) {
  return message.substr(0, message.find('\n'));
}

}  // namespace

TEST_CASE("only documentation, tests or CI have a type of their own") {
  CHECK(commit_type(paths({"README.md", "docs/x.png"}), "feature") == "docs");
  CHECK(commit_type(paths({"tests/a.cpp", "src/a_test.go", "x/__tests__/y.js"}), "deep") == "test");
  CHECK(commit_type(paths({".github/workflows/x.yml", ".gitlab-ci.yml"}), "feature") == "ci");
  CHECK(commit_type(paths({"docs/a.md", "src/a.c"}), "feature") == "feat");
  CHECK(commit_type(paths({"tests/a.cpp", "docs/a.md"}), "feature") == "feat");
  CHECK(commit_type(paths({"src/a.c"}), "housekeeping") == "chore");
  CHECK(commit_type(paths({"latest/a.c", "contest.c"}), "feature") == "feat");
}

TEST_CASE("the scope is the deepest directory that all paths share and that says something") {
  CHECK(commit_scope(paths({"src/upload/a.c", "src/upload/b/c.c"})) == "upload");
  CHECK(commit_scope(paths({"src/a.c"})).empty());
  CHECK(commit_scope(paths({"a.c"})).empty());
  CHECK(commit_scope(paths({"src/upload/a.c", "other/a.c"})).empty());
  CHECK(commit_scope(paths({"api/src/a.c", "api/src/b.c"})) == "api");
  CHECK(commit_scope(paths({"app/uploads/a.c", "app/upload/b.c"})) == "app");
  CHECK(commit_scope(paths({"app/with space/a.c"})) == "app");
  CHECK(commit_scope(paths({"app/a)b/a.c"})) == "app");
  CHECK(commit_scope(paths({"App/a.c"})) == "app");
  CHECK(commit_scope(paths({".hidden/a.c"})).empty());
  CHECK(commit_scope({}).empty());
}

TEST_CASE("a subject is Conventional, begins in lower case and has no full stop") {
  CHECK(subject(item_message("Retry uploads.", {changed("src/up/a.c")})) ==
        "feat(up): retry uploads");
  CHECK(subject(item_message("API for uploads", {changed("a.c")})) == "feat: API for uploads");
  CHECK(subject(item_message("Retry", {changed("a.c")}, {}, {}, "perf")) == "perf: retry");
  CHECK(subject(item_message("First line\nsecond line", {changed("a.c")})) == "feat: first line");
  const std::string lengthy = subject(item_message(std::string(300, 'x'), {changed("a.c")}));
  CHECK(lengthy.size() <= 76);  // the ellipsis has three bytes
  CHECK(lengthy.size() > 60);
}

TEST_CASE("a title that has a type keeps it") {
  for (const char* title : {"fix: x", "fix(api)!: x", "feat!: X", "Docs: x", "deps(api): x"})
    CHECK(subject(item_message(title, {changed("src/up/a.c")}, {}, {}, "perf")) == title);
  CHECK(subject(item_message("upload: retry", {changed("a.c")})) == "feat: upload: retry");
  CHECK(subject(item_message("fix(): x", {changed("a.c")})) == "feat: fix(): x");
  CHECK(subject(item_message("fix(a(b)): x", {changed("a.c")})) == "feat: fix(a(b)): x");
  CHECK(subject(item_message("fix:x", {changed("a.c")})) == "feat: fix:x");
  CHECK(subject(item_message("Say why: x", {changed("a.c")})) == "feat: say why: x");
  const std::optional<session::Plan> none;
  CHECK(subject(unit_message({none, "main-1", "feature", "fix(api): y", {}},
                             {std::nullopt, {changed("a.c")}}, {})) == "fix(api): y");
}

TEST_CASE("the first word says the type where neither the item nor the paths do") {
  CHECK(subject(item_message("Fix it", {changed("a.c")})) == "fix: fix it");
  CHECK(subject(item_message("Fixes it", {changed("a.c")})) == "fix: fixes it");
  CHECK(subject(item_message("fixed it", {changed("a.c")})) == "fix: fixed it");
  CHECK(subject(item_message("Fixtures for it", {changed("a.c")})) == "feat: fixtures for it");
  CHECK(subject(item_message("Add it", {changed("a.c")})) == "feat: add it");
  CHECK(subject(item_message("Document it", {changed("a.c")})) == "docs: document it");
  CHECK(subject(item_message("Refactor it", {changed("a.c")})) == "refactor: refactor it");
  CHECK(subject(item_message("Test it", {changed("a.c")})) == "test: test it");
  CHECK(subject(item_message("Fix it", {changed("docs/a.md")})) == "docs: fix it");
  CHECK(subject(item_message("Fix it", {changed("a.c")}, {}, {}, "perf")) == "perf: fix it");
  const std::optional<session::Plan> none;
  CHECK(subject(unit_message({none, "main-1", "housekeeping", "Fix it", {}},
                             {std::nullopt, {changed("a.c")}}, {})) == "fix: fix it");
}

TEST_CASE("work outside the plan, and a session without one, still have a subject") {
  const std::optional<session::Plan> none;
  CHECK(subject(unit_message({none, "main-1", "feature", "Faster uploads", {}},
                             {std::nullopt, {changed("a.c")}}, {})) == "feat: faster uploads");
  CHECK(subject(unit_message({none, "main-1", "feature", "", {}}, {std::nullopt, {changed("a.c")}},
                             {})) == "feat: change a.c");
  const std::optional<session::Plan> plan = plan_of("x");
  CHECK(subject(unit_message({plan, "main-1", "feature", "T", {}}, {std::nullopt, {changed("a.c")}},
                             {})) == "chore: change a.c");
  CHECK(subject(unit_message({plan, "main-1", "feature", "T", {}},
                             {std::nullopt, {changed("docs/a.md")}}, {})) ==
        "docs: change docs/a.md");
}

TEST_CASE("the body lists what changed, with a rename as one") {
  CHECK(item_message("Move", {added("new.c", "same"), changed("b.c"), removed("old.c", "same"),
                              removed("gone.c", "other")}) ==
        "feat: move\n\n- change b.c\n- rename old.c to new.c\n- remove gone.c\n");
  CHECK(
      item_message("Part", {test::staged("a.c", test::blob("1"), test::blob("2"), "as staged")}) ==
      "feat: part\n\n- change a.c (as staged)\n");
  // Each removed file is the source of one rename only.
  const std::string copies =
      item_message("Copies", {added("a1", "same"), added("a2", "same"), removed("old", "same")});
  CHECK(copies == "feat: copies\n\n- add a2\n- rename old to a1\n");
}

TEST_CASE("a long list of changes is cut, and says by how much") {
  std::vector<StagedFile> files;
  for (int i = 0; i < 30; ++i)
    files.push_back(added("f" + std::to_string(100 + i), std::to_string(i)));
  const std::string message = item_message("Many", files);
  CHECK(message.find("- add f118\n- and 11 more\n") != std::string::npos);
  CHECK(message.find("f119") == std::string::npos);
  files.resize(20);
  CHECK(item_message("Many", files).find("more") == std::string::npos);
}

TEST_CASE("odd names cannot break a message") {
  const std::string message = item_message("Odd", {added("new\nline")});
  CHECK(message.find("new\nline") == std::string::npos);
  CHECK(message.find("\"new\\nline\"") != std::string::npos);
}

TEST_CASE("issues and co-authors are the last paragraphs") {
  CHECK(item_message("Work", {changed("a.c")}, 42,
                     {"Grace <g@example.org>", "Alan <a@example.org>"}) ==
        "feat: work\n\n- change a.c\n\nCloses #42\n\n"
        "Co-Authored-By: Grace <g@example.org>\nCo-Authored-By: Alan <a@example.org>\n");
  const std::optional<session::Plan> none;
  CHECK(records_message({none, "main-1", "feature", "", {}}, {}) ==
        "chore(session): close main-1\n");
  CHECK(records_message({none, "main-1", "feature", "", {}}, {4, 5}) ==
        "chore(session): close main-1\n\nCloses #4, #5\n");
}

TEST_CASE("only what it closes is added to a given message") {
  const std::optional<session::Plan> none;
  const MessageSource source{none, "main-1", "feature", "", {}, true};
  CHECK(given_message(source, "  perf: all\n", {7}) == "perf: all\n\nCloses #7\n");
  CHECK(given_message(source, "perf: all\n\nbecause", {}) == "perf: all\n\nbecause\n");
}

TEST_CASE("what the diff says is not repeated, but in the plugin's repositories") {
  const std::optional<session::Plan> none;
  const auto message = [&](std::vector<StagedFile> files) {
    return unit_message({none, "main-1", "feature", "", {}}, {std::nullopt, std::move(files)}, {});
  };
  CHECK(message({changed("a.c")}) == "feat: change a.c\n");
  CHECK(message({added("a.c"), added("b.c")}) == "feat: add a.c and b.c\n");
  CHECK(message({removed("a.c", "x")}) == "feat: remove a.c\n");
  CHECK(message({added("a.c"), removed("b.c", "x")}) == "feat: change a.c and b.c\n");
  CHECK(message({added("a/1"), added("a/2"), added("a/3")}) == "feat(a): add 3 files\n");
}
