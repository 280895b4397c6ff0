#include "close/write_plan.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "close/close_fixture.h"

using namespace gs;
using namespace gs::close;

namespace {

WritePlan full_plan() {
  WritePlan plan;
  plan.session = "main-1";
  plan.state_directory = ".claude";
  plan.branch = "caf\xc3\xa9";
  plan.head = git::Repository::hash_blob("head");
  plan.started_at = Timestamp(std::chrono::milliseconds(1234567890123));
  plan.completed_at = Timestamp(std::chrono::milliseconds(1234567990456));
  plan.files = {{"state", RepoPath(".claude/STATE.md"), "key1", "key2"},
                {"issues", RepoPath("new"), std::nullopt, "key3"},
                {"cleanup-scope", RepoPath("old"), "key4", std::nullopt}};
  plan.record_line = "{\"a\":1}\n";
  plan.record_alone = true;
  plan.commits = {
      {"feat: x\n", {{RepoPath("a\xff\n\"b"), test::blob("a")}, {RepoPath("gone"), {}}}, false},
      {"chore: y\n", {}, true}};
  plan.record_paths = {RepoPath("\xe9")};
  plan.issues = Json::array({{{"action", "create"}}});
  plan.tracker = "local";
  plan.report = {{"title", "t"}};
  return plan;
}

}  // namespace

TEST_CASE("a write plan comes back from its journal line exactly as it was, odd bytes and all") {
  const WritePlan plan = full_plan();
  const std::string line = formats::to_json_line(to_json(plan));
  CHECK(line.find('\n') == std::string::npos);
  const WritePlan back = write_plan_from_json(formats::parse_json(line, "journal"));
  CHECK(formats::to_json_line(to_json(back)) == line);
  CHECK(back.session == plan.session);
  CHECK(back.branch == plan.branch);
  CHECK(back.head == plan.head);
  CHECK(back.started_at == plan.started_at);
  CHECK(back.completed_at == plan.completed_at);
  REQUIRE(back.files.size() == 3);
  CHECK(back.files[0].before == "key1");
  CHECK(back.files[1].before == std::nullopt);
  CHECK(back.files[2].after == std::nullopt);
  CHECK(back.record_line == plan.record_line);
  CHECK(back.record_alone);
  REQUIRE(back.commits.size() == 2);
  REQUIRE(back.commits[0].changes.size() == 2);
  CHECK(back.commits[0].changes[0].path == plan.commits[0].changes[0].path);
  CHECK(back.commits[0].changes[0].entry == plan.commits[0].changes[0].entry);
  CHECK_FALSE(back.commits[0].changes[1].entry.present());
  CHECK(back.commits[1].records);
  CHECK(back.record_paths == plan.record_paths);
}

TEST_CASE("every byte that a path can have survives") {
  std::string bytes = "x";
  for (int c = 1; c < 256; ++c) bytes += static_cast<char>(c);
  const git::IndexChange change{RepoPath(bytes), test::blob("a", git::FileMode::Symlink)};
  const git::IndexChange back = index_change_from_json(to_json(change));
  CHECK(back.path.bytes() == bytes);
  CHECK(back.entry == change.entry);
}

TEST_CASE("a message in another encoding reaches the commit byte for byte") {
  WritePlan plan = full_plan();
  plan.branch = "caf\xe9";
  plan.commits[0].message = "feat: caf\xe9\n";
  const std::string line = formats::to_json_line(to_json(plan));
  const WritePlan back = write_plan_from_json(formats::parse_json(line, "journal"));
  CHECK(back.branch == plan.branch);
  CHECK(back.commits[0].message == plan.commits[0].message);
  CHECK(back.commits[1].message == plan.commits[1].message);
}

TEST_CASE("an unborn branch and a detached HEAD survive") {
  WritePlan plan = full_plan();
  plan.head.reset();
  plan.branch.clear();
  const WritePlan back = write_plan_from_json(to_json(plan));
  CHECK_FALSE(back.head.has_value());
  CHECK(back.branch.empty());
}

TEST_CASE("a damaged object id is an error, not another object") {
  Json json = to_json(full_plan());
  json["head"] = "123";
  CHECK_THROWS_AS((void)write_plan_from_json(json), Error);
}
