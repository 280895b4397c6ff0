#include "close/plan/write_plan.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "close/close_fixture.h"
#include "close/plan/commit_plan.h"
#include "support/temp_repo.h"

using namespace gs;
using namespace gs::close;

namespace {

WritePlan full_plan() {
  WritePlan plan;
  plan.session = "main-1";
  plan.state_directory = RepoPath(".claude");
  plan.record_file = FilePlace::outside("/x/\xff/sessions.jsonl");
  plan.branch = "caf\xc3\xa9";
  plan.started_at = Timestamp(std::chrono::milliseconds(1234567890123));
  plan.completed_at = Timestamp(std::chrono::milliseconds(1234567990456));
  plan.files = {{"state", RepoPath(".claude/STATE.md"), "key1", "key2"},
                {"issues", RepoPath("new"), std::nullopt, "key3"},
                {"cleanup-scope", RepoPath("old"), "key4", std::nullopt}};
  plan.record_line = "{\"a\":1}\n";
  plan.record_alone = true;
  plan.records_message = "chore: y\n";
  plan.record_paths = {{RepoPath("\xe9"), test::blob("a")}, {RepoPath("new"), {}}};
  plan.push = PushPlan{"fork", "refs/heads/caf\xe9", true, ""};
  plan.issues = Json::array({{{"action", "create"}}});
  plan.tracker = "local";
  plan.report.session = "main-1";
  plan.report.carried_over = {{4, "x", "", {.planned = 1}}};
  plan.notes = {{"handover", RepoPath(".claude/session-handover/caf\xe9.md")}};
  plan.learned = {"a", "b"};
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
  CHECK(back.started_at == plan.started_at);
  CHECK(back.completed_at == plan.completed_at);
  REQUIRE(back.files.size() == 3);
  CHECK(back.files[0].before == "key1");
  CHECK(back.files[1].before == std::nullopt);
  CHECK(back.files[2].after == std::nullopt);
  CHECK(back.record_line == plan.record_line);
  CHECK(back.record_alone);
  CHECK(back.records_message == plan.records_message);
  CHECK(back.record_paths == plan.record_paths);
  REQUIRE(back.push);
  CHECK(back.push->remote == "fork");
  CHECK(back.push->ref == "refs/heads/caf\xe9");
  CHECK(back.push->set_upstream);
  CHECK(back.report.carried_over.at(0).follow_up.planned == 1);
  CHECK(back.notes == plan.notes);
  CHECK(back.learned == plan.learned);
}

TEST_CASE("planned commits come back exactly, with every byte that a path or a message can have") {
  std::string bytes = "x";
  for (int c = 1; c < 256; ++c) bytes += static_cast<char>(c);
  const std::vector<CommitPlan> plans{
      {"feat: caf\xe9\n",
       {{RepoPath(bytes), test::blob("a", git::FileMode::Symlink), test::blob("b")},
        {RepoPath("gone"), test::blob("a"), {}}}},
      {"feat: y\n", {}}};
  const std::string line = formats::to_json_line(to_json(plans));
  CHECK(line.find('\n') == std::string::npos);
  const auto back = commit_plans_from_json(formats::parse_json(line, "journal"));
  REQUIRE(back.size() == 2);
  CHECK(back[0].message == plans[0].message);
  REQUIRE(back[0].changes.size() == 2);
  CHECK(back[0].changes[0].path.bytes() == bytes);
  CHECK(back[0].changes[0].before == plans[0].changes[0].before);
  CHECK(back[0].changes[0].after == plans[0].changes[0].after);
  CHECK_FALSE(back[0].changes[1].after.present());
  CHECK(back[1].changes.empty());
}

TEST_CASE("a file of which HEAD has a change that the work tree does not have is behind it") {
  const test::TempRepo repo;
  repo.write("x", "");
  repo.commit_all("first");
  const auto repository = git::Repository::open(repo.path());
  const auto text = [&](const std::string& first, const std::string& last) {
    return git::TreeEntry{git::FileMode::Regular,
                          repository.write_blob(first + "\n2\n3\n4\n5\n" + last + "\n")};
  };
  const RepoPath path("a");
  const git::TreeEntry start = text("1", "6");
  const git::TreeEntry ours = text("ours", "6");
  const git::TreeEntry theirs = text("1", "theirs");
  const git::TreeEntry both = text("ours", "theirs");
  const std::vector<CommitPlan> earlier{{"", {{path, start, ours}}}};
  const auto behind = [&](const git::TreeEntry& head, const git::TreeEntry& now) {
    return behind_head(repository, earlier, {{"", {{path, head, now}}}}, {}).has_value();
  };
  CHECK_FALSE(behind(start, ours));                 // nothing has moved
  CHECK(behind(theirs, ours));                      // theirs would be taken back
  CHECK(behind(theirs, start));                     // by a stale index, too
  CHECK_FALSE(behind(theirs, both));                // taken over
  CHECK_FALSE(behind(theirs, text("new", "new")));  // edited since: as its editor wants
  CHECK(behind(git::TreeEntry{}, ours));            // removed in HEAD
  CHECK_FALSE(behind_head(repository, {}, {{"", {{path, theirs, ours}}}}, {}).has_value());
}

TEST_CASE("without an earlier plan, an index that HEAD has moved away from tells") {
  const test::TempRepo repo;
  repo.write("a", "1\n2\n3\n4\n");
  repo.commit_all("first");
  repo.write("a", "1\n2\n3\ntheirs\n");
  repo.commit_all("theirs");
  const auto repository = git::Repository::open(repo.path());
  const RepoPath path("a");
  const auto entry_in = [&](const std::string& revision) {
    return repository.tree_entry(repository.commit(*repository.resolve_commit(revision)).tree,
                                 path);
  };
  const git::TreeEntry head = entry_in("HEAD");
  const git::TreeEntry old = entry_in("HEAD~1");
  const auto entry = [&](const std::string& content) {
    return git::TreeEntry{git::FileMode::Regular, repository.write_blob(content)};
  };
  const auto behind = [&](const git::TreeEntry& now, const git::TreeEntry& index) {
    return behind_head(repository, {}, {{"", {{path, head, now}}}}, {{path, index}}).has_value();
  };
  const git::TreeEntry ours = entry("ours\n2\n3\n4\n");
  // Git's own commands updated the index: the old content was staged on purpose.
  CHECK_FALSE(behind(old, old));
  repo.git({"update-ref", "HEAD", "HEAD~1"});
  repo.git({"update-ref", "HEAD", "HEAD@{1}"});
  CHECK(behind(ours, old));
  CHECK(behind({}, old));
  CHECK_FALSE(behind(entry("ours\n2\n3\ntheirs\n"), old));  // taken over
  CHECK_FALSE(behind(ours, head));                          // the index is up to date
  CHECK_FALSE(behind(ours, ours));                          // staged since
}

TEST_CASE("a detached HEAD, and a message in another encoding, survive") {
  WritePlan plan = full_plan();
  plan.branch.clear();
  plan.records_message = "chore: caf\xe9\n";
  const WritePlan back = write_plan_from_json(to_json(plan));
  CHECK(back.branch.empty());
  CHECK(back.records_message == plan.records_message);
}

TEST_CASE("a damaged object id is an error, not another object") {
  Json json = to_json(full_plan());
  json["record_paths"][0]["head"]["oid"] = "123";
  CHECK_THROWS_AS((void)write_plan_from_json(json), Error);
}
