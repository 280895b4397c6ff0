#include <doctest/doctest.h>

#include <string>

#include "checks/plan_check.h"

namespace gs::checks {
namespace {

std::vector<RepoPath> repo_paths(const std::vector<std::string>& names) {
  std::vector<RepoPath> result;
  for (const std::string& name : names) result.emplace_back(name);
  return result;
}

session::PlanItem item(const std::string& title, const std::vector<std::string>& files,
                       std::optional<std::string> verify = std::nullopt) {
  session::PlanItem planned;
  planned.title = title;
  for (const std::string& file : files) planned.files.emplace_back(file);
  planned.verify = std::move(verify);
  return planned;
}

// Answers every verify command with one outcome and remembers what was asked.
struct FakeVerify {
  RunOutcome outcome = RunOutcome::Passed;
  std::vector<std::string> asked;

  PlanResult check(const session::Plan& plan, const std::vector<std::string>& changed,
                   const std::vector<NotCounted>& not_counted = {}) {
    return check_plan(
        plan, repo_paths(changed), not_counted, [this](const session::PlanItem& planned) {
          asked.push_back(planned.title);
          CommandRun run;
          run.outcome = outcome;
          run.ending = outcome == RunOutcome::Passed ? "exit status 0" : "exit status 3";
          run.duration = std::chrono::milliseconds(1200);
          run.counts = TestCounts{"plain", 12, outcome == RunOutcome::Passed ? 0U : 2U, 0};
          return run;
        });
  }
};

TEST_CASE("an item without verify is done when each of its patterns has a change") {
  FakeVerify verify;
  const session::Plan plan{"t", "", {item("a", {"src/", "tests/"})}, {}};
  const PlanResult done = verify.check(plan, {"src/a.c", "src/b.c", "tests/a.c"});
  CHECK(done.items[0].status == ItemStatus::Done);
  CHECK(done.items[0].touched == repo_paths({"src/a.c", "src/b.c", "tests/a.c"}));
  CHECK(done.items[0].evidence == "3 files");
  const PlanResult partial = verify.check(plan, {"src/a.c"});
  CHECK(partial.items[0].status == ItemStatus::Partial);
  CHECK(partial.items[0].unmatched == std::vector<std::string>{"tests/"});
  CHECK(partial.items[0].evidence == "1 file, no change in 'tests/'");
  CHECK(verify.asked.empty());
}

TEST_CASE("a change that counts for something else is not called no change") {
  FakeVerify verify;
  const session::Plan plan{
      "t",
      "",
      {item("first", {"a.c"}), item("second", {"a.c"}), item("third", {"b.c", "c.c"})},
      {}};
  const PlanResult result = verify.check(plan, {"a.c"}, {{RepoPath("b.c"), "contested"}});
  CHECK(result.items[0].status == ItemStatus::Done);
  CHECK(result.items[1].status == ItemStatus::NotStarted);
  CHECK(result.items[1].evidence == "a.c counts for 'first'");
  CHECK(result.items[2].evidence == "b.c changed, but is contested and 1 more");
  CHECK(result.items[2].missing[1] == "no change in 'c.c'");
}

TEST_CASE("an item that was touched is as done as its verify command says") {
  FakeVerify verify;
  const session::Plan plan{"t", "", {item("a", {"src/", "docs/"}, "make check")}, {}};
  PlanResult result = verify.check(plan, {"src/a.c"});
  CHECK(result.items[0].status == ItemStatus::Done);
  CHECK(result.items[0].evidence ==
        "1 file, verify passed in 1.2 s (12 passed), no change in 'docs/'");
  for (const RunOutcome outcome :
       {RunOutcome::Failed, RunOutcome::TimedOut, RunOutcome::Interrupted}) {
    verify.outcome = outcome;
    result = verify.check(plan, {"src/a.c"});
    CHECK(result.items[0].status == ItemStatus::Partial);
  }
  CHECK(result.items[0].evidence ==
        "1 file, verify failed: exit status 3 (12 passed, 2 failed), no change in 'docs/'");
}

TEST_CASE("the verify command of an item that nobody touched is not run") {
  FakeVerify verify;
  const session::Plan plan{"t", "", {item("a", {"src/", "lib/", "docs/"}, "make check")}, {}};
  const PlanResult result = verify.check(plan, {"other.c"});
  CHECK(result.items[0].status == ItemStatus::NotStarted);
  CHECK_FALSE(result.items[0].verify);
  CHECK(result.items[0].evidence == "no change in 'src/' and 2 more");
  CHECK(verify.asked.empty());
}

TEST_CASE("an item of a verify command alone is done when that passes") {
  FakeVerify verify;
  const session::Plan plan{"t", "", {item("a", {}, "make check")}, {}};
  CHECK(verify.check(plan, {}).items[0].status == ItemStatus::Done);
  verify.outcome = RunOutcome::Failed;
  CHECK(verify.check(plan, {}).items[0].status == ItemStatus::NotStarted);
}

TEST_CASE("an item that nothing can show is not started") {
  FakeVerify verify;
  const PlanResult result = verify.check({"t", "", {item("a", {})}, {}}, {"src/a.c"});
  CHECK(result.items[0].status == ItemStatus::NotStarted);
  CHECK(result.items[0].evidence == "names no files and no verify command");
}

TEST_CASE("a dropped item stays dropped, and its verify command is not run") {
  FakeVerify verify;
  session::Plan plan{"t", "", {item("a", {"src/"}, "make check")}, {}};
  plan.items[0].dropped = "superseded by #50";
  CHECK(check_plan(plan, {}, {}, {}).items[0].evidence == "dropped: superseded by #50");
  const PlanResult result = verify.check(plan, {"src/a.c"});
  CHECK(result.items[0].status == ItemStatus::Dropped);
  CHECK(verify.asked.empty());
}

TEST_CASE("a file that two items match belongs to the first, one that none matches is emergent") {
  FakeVerify verify;
  const session::Plan plan{"t", "", {item("a", {"src/"}), item("b", {"src/x/", "docs/"})}, {}};
  const PlanResult result = verify.check(plan, {"docs/a.md", "other.c", "src/x/a.c"});
  CHECK(result.items[0].touched == repo_paths({"src/x/a.c"}));
  CHECK(result.items[1].touched == repo_paths({"docs/a.md"}));
  CHECK(result.items[1].index == 1);
  CHECK(result.emergent == repo_paths({"other.c"}));
}

TEST_CASE("without a plan every change is emergent") {
  FakeVerify verify;
  const PlanResult result = verify.check({}, {"a", "b"});
  CHECK(result.items.empty());
  CHECK(result.emergent == repo_paths({"a", "b"}));
}

TEST_CASE("statuses have their names") {
  CHECK(item_status_name(ItemStatus::Done) == "done");
  CHECK(item_status_name(ItemStatus::Partial) == "partial");
  CHECK(item_status_name(ItemStatus::NotStarted) == "not-started");
  CHECK(item_status_name(ItemStatus::Dropped) == "dropped");
}

}  // namespace
}  // namespace gs::checks
