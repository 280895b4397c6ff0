#include "checks/notes/docs_tasks.h"

#include <doctest/doctest.h>

#include "base/error.h"

namespace gs::checks {
namespace {

constexpr DocsChange kWritten{true, false};
constexpr DocsChange kMarked{true, true};
constexpr DocsChange kIdle{false, false};

DocsSources sources(const std::vector<std::pair<std::string, DocsChange>>& changes) {
  DocsSources result;
  for (const auto& change : changes) result.changed.emplace_back(change.first);
  result.judge = [changes](const RepoPath& path) {
    for (const auto& [name, change] : changes) {
      if (path.bytes() == name) return change;
    }
    throw fatal("nobody asked for it");
  };
  return result;
}
DocsTaskResult only(const session::ListedDocsTask& task, const DocsSources& sources) {
  return check_docs_tasks({task}, sources).at(0);
}
session::ListedDocsTask target(const std::string& pattern) {
  return {"t", "user", pattern, "2"};
}

TEST_CASE("a task is ok when a change of substance matches its target") {
  const DocsTaskResult result =
      only(target("docs/**/*.md"), sources({{"docs/a/b.md", kWritten}, {"src/a.c", kWritten}}));
  CHECK(result.status == DocsStatus::Ok);
  CHECK(result.target == "docs/**/*.md");
  CHECK(result.note.empty());
  CHECK(result.task.wave == "2");
}

TEST_CASE("a task that nothing matches, or only idle changes, is a gap") {
  CHECK(only(target("docs/*.md"), sources({{"README.md", kWritten}})).status == DocsStatus::Gap);
  const DocsTaskResult idle =
      only(target("docs/*.md"), sources({{"docs/a.md", kIdle}, {"docs/b.md", {false, true}}}));
  CHECK(idle.status == DocsStatus::Gap);
  CHECK(idle.note == "only white space and comments changed in docs/a.md, docs/b.md");
}

TEST_CASE("a mark for review makes it partial") {
  const DocsTaskResult result =
      only(target("docs/*.md"), sources({{"docs/a.md", kWritten}, {"docs/b.md", kMarked}}));
  CHECK(result.status == DocsStatus::Partial);
  CHECK(result.note.starts_with("docs/b.md: "));
}

TEST_CASE("a task without a target takes its audience's") {
  for (const char* path :
       {"README.md", "docs/user/x/y.md", "docs/getting-started.md", "examples/a.md"})
    CHECK(only({"t", "user", "", ""}, sources({{path, kWritten}})).status == DocsStatus::Ok);
  for (const char* path : {"CLAUDE.md", "docs/dev/a.md", "docs/adr/1.md"})
    CHECK(only({"t", "dev", "", ""}, sources({{path, kWritten}})).status == DocsStatus::Ok);
  CHECK(only({"t", "dev", "", ""}, sources({{"README.md", kWritten}})).status == DocsStatus::Gap);
}

TEST_CASE("the vault's narratives are looked for in the tree, or outside of it") {
  const session::ListedDocsTask task{"t", "vault", "", ""};
  CHECK(only(task, sources({})).note == "there is no vault to look for it in");
  DocsSources inside = sources({{"vault/01-projects/x/people.md", kWritten}});
  inside.vault_patterns = {"vault/01-projects/x/context.md", "vault/01-projects/x/people.md"};
  CHECK(only(task, inside).status == DocsStatus::Ok);
  DocsSources outside = sources({});
  outside.vault_documents = {{"/v/context.md", std::nullopt}, {"/v/people.md", kMarked}};
  CHECK(only(task, outside).status == DocsStatus::Partial);
  outside.vault_documents[1].change.reset();
  CHECK(only(task, outside).status == DocsStatus::Gap);
  CHECK(only(task, outside).target == "/v/context.md, /v/people.md");
}

TEST_CASE("a comparison that fails is not passed over") {
  DocsSources broken = sources({{"docs/a.md", kWritten}});
  broken.judge = [](const RepoPath&) -> DocsChange { throw fatal("cannot read object"); };
  CHECK_THROWS_AS((void)only(target("docs/*.md"), broken), Error);
}

}  // namespace

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
