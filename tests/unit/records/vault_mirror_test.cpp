#include "records/vault_mirror.h"

#include <doctest/doctest.h>

#include <map>

using namespace gs;
using namespace gs::records;

namespace {

MirrorNote learning(const std::string& id = "a1b2c3d4-0001-4000-8000-000000000001") {
  return {"learning",    id,
          "flaky-tests", "Flaky tests",
          "2026-11-20",  "2026-11-22",
          "2026-12-22",  "learning/recurring-issue",
          "main-1",      "They need a clock.\n"};
}

std::string note(const std::string& fields) {
  return "---\n" + fields + "---\n\nText.\n";
}
const std::string kGenerated = "_generator: session-orchestrator-vault-mirror@1\n";

Mirrored plan(const MirrorNote& note, const std::map<std::string, std::string>& vault) {
  const std::vector<Mirrored> mirrored =
      plan_mirror({note}, [&](const std::string& path) -> std::optional<std::string> {
        const auto found = vault.find(path);
        return found == vault.end() ? std::nullopt : std::optional(found->second);
      });
  REQUIRE(mirrored.size() == 1);
  return mirrored.front();
}

}  // namespace

TEST_CASE("a note that is not there is created, with the vault's own frontmatter") {
  const Mirrored created = plan(learning(), {});
  CHECK(created.action == MirrorAction::Created);
  CHECK(created.path == "40-learnings/flaky-tests.md");
  CHECK(created.content ==
        "---\nid: flaky-tests\ntype: learning\ntitle: \"Flaky tests\"\nstatus: active\n"
        "created: 2026-11-20\nupdated: 2026-11-22\nexpires: 2026-12-22\n"
        "tags: [learning/recurring-issue]\nsource: \"main-1\"\n"
        "source-record: \"a1b2c3d4-0001-4000-8000-000000000001\"\n"
        "_generator: session-orchestrator-vault-mirror@1\n---\n\n# Flaky tests\n\n"
        "They need a clock.\n");
}

TEST_CASE("the same note again is a no-op, a newer one an update") {
  const Mirrored created = plan(learning(), {});
  const std::map<std::string, std::string> vault = {{created.path, *created.content}};
  CHECK(plan(learning(), vault).action == MirrorAction::Noop);
  CHECK_FALSE(plan(learning(), vault).content.has_value());
  MirrorNote newer = learning();
  newer.updated = "2026-11-23";
  CHECK(plan(newer, vault).action == MirrorAction::Updated);
}

TEST_CASE("dates are compared by day, whatever form the note has them in") {
  const std::string path = "40-learnings/flaky-tests.md";
  CHECK(plan(learning(),
             {{path, note("id: flaky-tests\nupdated: 2026-11-22T00:00:01Z\n" + kGenerated)}})
            .action == MirrorAction::Noop);
  CHECK(
      plan(learning(), {{path, note("id: flaky-tests\nupdated: 2026-11-21T23:59\n" + kGenerated)}})
          .action == MirrorAction::Updated);
}

TEST_CASE("what no mirror wrote is never touched") {
  const std::string path = "40-learnings/flaky-tests.md";
  for (const std::string& text :
       {note("id: flaky-tests\nupdated: 2020-01-01\n"), std::string("no frontmatter\n"),
        note("id: [broken\n" + kGenerated), note("_generator: somebody-else@1\n"), std::string()}) {
    const Mirrored mirrored = plan(learning(), {{path, text}});
    CHECK(mirrored.action == MirrorAction::Handwritten);
    CHECK_FALSE(mirrored.content.has_value());
  }
}

TEST_CASE("beside another record's note it is told apart by the first 8 of the id") {
  const std::string other = note("id: another-note\nupdated: 2026-01-01\n" + kGenerated);
  std::map<std::string, std::string> vault = {{"40-learnings/flaky-tests.md", other}};
  const Mirrored beside = plan(learning(), vault);
  CHECK(beside.action == MirrorAction::CollisionResolved);
  CHECK(beside.path == "40-learnings/flaky-tests-a1b2c3d4.md");
  CHECK(beside.content->find("\nid: flaky-tests-a1b2c3d4\n") != std::string::npos);
  vault[beside.path] = *beside.content;
  CHECK(plan(learning(), vault).action == MirrorAction::Noop);
  vault[beside.path] = "by hand\n";
  CHECK(plan(learning(), vault).action == MirrorAction::Handwritten);
}

TEST_CASE("two records of one run with the same slug do not overwrite each other") {
  const std::vector<Mirrored> mirrored =
      plan_mirror({learning(), learning("ffffffff-0001-4000-8000-000000000001")},
                  [](const std::string&) { return std::nullopt; });
  CHECK(mirrored[0].path == "40-learnings/flaky-tests.md");
  CHECK(mirrored[1].path == "40-learnings/flaky-tests-ffffffff.md");
  CHECK(mirrored[1].action == MirrorAction::CollisionResolved);
}

TEST_CASE("a record that gives no note is named, not written") {
  MirrorNote invalid = learning();
  invalid.slug.clear();
  const Mirrored mirrored = plan(invalid, {});
  CHECK(mirrored.action == MirrorAction::Invalid);
  CHECK(action_name(mirrored.action) == "skipped-invalid");
  CHECK(mirrored.path.empty());
}

TEST_CASE("a title stays a title, whatever stands in it") {
  MirrorNote odd = learning();
  odd.title = "a: \"b\" # c\n---\n" + std::string(300, 'x');
  const std::string content = *plan(odd, {}).content;
  CHECK(content.find("title: \"a: \\\"b\\\" # c\\n---\\n") != std::string::npos);
  CHECK(plan(odd, {{"40-learnings/flaky-tests.md", content}}).action == MirrorAction::Noop);
}

TEST_CASE("slugs are small letters, digits and single dashes") {
  CHECK(slug_of("src/Upload File.cpp") == "src-upload-file-cpp");
  CHECK(slug_of("--a__b--") == "a-b");
  CHECK(slug_of("\xc3\xa9\xc3\xa8").empty());
  CHECK(slug_of(std::string(300, 'x')).size() == 100);
  CHECK(session_slug("main-2026-11-22-1508") == "main-2026-11-22-1508");
  CHECK(session_slug("feature/x-2026-11-22-1508") == "session-feature");
  CHECK(session_slug("Main") == "session-main");
}
