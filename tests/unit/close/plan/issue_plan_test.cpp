#include "close/plan/issue_plan.h"

#include <doctest/doctest.h>

#include "close/close_fixture.h"
#include "tracker/local_tracker.h"

using namespace gs;
using namespace gs::close;
using checks::ItemStatus;
using gs::test::CloseOf;
using gs::test::contains;
using gs::test::kNow;
using gs::test::TempRepo;

namespace {

struct Fixture {
  TempRepo repo;
  CloseOf close{repo, {{"vcs", Json("local"), {}}}};

  void item(const std::string& title, ItemStatus status, const std::optional<long>& issue = {},
            const std::string& evidence = "") {
    std::optional<session::Plan>& plan = close.context.session->plan;
    if (!plan) plan.emplace();
    session::PlanItem planned;
    planned.title = title;
    planned.issue = issue;
    if (status == ItemStatus::Dropped) planned.dropped = "not needed";
    checks::ItemResult result;
    result.index = plan->items.size();
    result.status = status;
    result.evidence = evidence;
    plan->items.push_back(planned);
    close.context.plan.items.push_back(result);
  }
  void agent(const std::string& task, session::AgentStatus status) {
    if (!close.context.safety) close.context.safety.emplace();
    close.context.safety->carryover.push_back({task, status, "src/a", "why", {}});
  }
  void finding(const std::string& title, session::Severity severity, const std::string& file) {
    if (!close.context.discovery) close.context.discovery.emplace();
    close.context.discovery->findings.push_back(
        {.source = "probe", .severity = severity, .file = file, .line = 1, .title = title});
  }
  void local_issue(long number) const {
    const tracker::NewIssue issue{"task " + std::to_string(number), "body", {}, "medium", "s0", ""};
    tracker::LocalTracker local(close.context.repository(), close.workspace.home, kNow);
    REQUIRE(local.create(issue, "").id == number);
    local.save();
  }
  [[nodiscard]] IssuePlan plan() const { return plan_issues(close.context, kNow, false); }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "planning writes nothing, and without a tracker nothing is planned") {
  item("task", ItemStatus::NotStarted);
  CHECK(plan().actions.size() == 1);
  CHECK(plan().edits.size() == 1);
  CHECK_FALSE(file_info(repo.path(".orchestrator")));
  CloseOf none(repo, {{"vcs", Json("none"), {}}});
  none.context.new_issues.push_back({"t", "b", {}, "high", "s", "gate"});
  CHECK(plan_issues(none.context, kNow, false).actions.empty());
}

TEST_CASE_FIXTURE(Fixture, "done and dropped items close their issue, open ones are carried over") {
  for (const long number : {1L, 2L, 3L}) local_issue(number);
  item("done", ItemStatus::Done, 1, "3 files");
  item("dropped", ItemStatus::Dropped, 2);
  item("partial", ItemStatus::Partial, 3);
  item("done without an issue", ItemStatus::Done);
  const IssuePlan planned = plan();
  REQUIRE(planned.actions.size() == 3);
  CHECK(planned.actions[0].action == "close");
  CHECK(planned.actions[0].reference == "#1");
  CHECK(planned.actions[0].task.comment == "Done in session s: 3 files");
  CHECK(planned.actions[1].task.comment == "not needed");
  CHECK(planned.actions[1].task.resolution == tracker::Resolution::NotPlanned);
  CHECK(planned.actions[2].item == 2);
  CHECK(contains(planned.actions[2].task.issue.body, "- Continues: #3\n"));
  CHECK(planned.problems.empty());
}

TEST_CASE_FIXTURE(Fixture, "an issue that is not there is a problem and no action") {
  item("done", ItemStatus::Done, 9);
  item("left", ItemStatus::NotStarted);
  const IssuePlan planned = plan();
  REQUIRE(planned.actions.size() == 1);
  CHECK(planned.actions[0].action == "create");
  CHECK(planned.actions[0].reference == "#1");
  REQUIRE(planned.problems.size() == 1);
  CHECK(contains(planned.problems[0], "no issue #9"));
}

TEST_CASE_FIXTURE(Fixture, "an agent's task that is an open item of the plan is filed once") {
  item("Retry uploads", ItemStatus::Partial);
  item("Fix login", ItemStatus::Done);
  agent("Retry uploads", session::AgentStatus::Failed);
  agent("Fix login", session::AgentStatus::Spiral);
  const IssuePlan planned = plan();
  REQUIRE(planned.actions.size() == 2);
  CHECK(planned.actions[0].task.issue.origin == "carryover");
  CHECK(planned.actions[1].task.issue.title == "[Carryover] Fix login");
  CHECK(contains(planned.actions[1].task.issue.body, "ended in a spiral"));
}

TEST_CASE_FIXTURE(Fixture, "a finding on several lines of a file is one issue, of two files two") {
  finding("dead code", session::Severity::High, "a");
  finding("dead code", session::Severity::Critical, "a");
  finding("dead code", session::Severity::High, "b");
  finding("dead code", session::Severity::Medium, "c");
  const IssuePlan planned = plan();
  REQUIRE(planned.actions.size() == 2);
  CHECK(contains(planned.actions[0].task.issue.title, "dead code: a"));
  CHECK(contains(planned.actions[1].task.issue.title, "dead code: b"));
}

TEST_CASE_FIXTURE(Fixture, "a review without findings that asks for fixes is an issue; else none") {
  close.context.review.emplace();
  CHECK(plan().actions.empty());
  close.context.review->carryover = true;
  CHECK(plan().actions.size() == 1);
  close.context.review->findings.push_back({.title = "one"});
  close.context.review->findings.push_back({.title = "two"});
  CHECK(plan().actions.size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "no secret and no hidden character goes to a tracker") {
  const std::string token = std::string("ghp_") + "x7Qm2VtR9bLw4KzN8cYd3HsJ6fPg1TaE5uXo";
  item("Rotate " + token, ItemStatus::NotStarted, {}, "saw " + token + "\x1b[2K");
  close.context.session->plan->items[0].why = "\u202e" + token;
  agent("Use " + token, session::AgentStatus::Failed);
  local_issue(1);
  item("done", ItemStatus::Done, 1, token);
  const IssuePlan planned = plan();
  REQUIRE(planned.actions.size() == 3);
  std::string all;
  for (const IssueAction& action : planned.actions) {
    for (const std::string* text :
         {&action.task.issue.title, &action.task.issue.body, &action.task.comment})
      all += *text;
  }
  for (const tracker::FileEdit& edit : planned.edits) all += edit.content;
  CHECK_FALSE(contains(all, token));
  CHECK_FALSE(contains(all, "\x1b"));
  CHECK_FALSE(contains(all, "\u202e"));
}

TEST_CASE_FIXTURE(Fixture, "a planned issue has no number until the tracker gives it one") {
  IssuePlan planned;
  planned.actions.resize(2);
  planned.actions[0].reference = "#12";
  CHECK(planned.reference_of(0).known == "#12");
  CHECK(planned.reference_of(1).planned == 1U);
}

TEST_CASE_FIXTURE(Fixture, "a gate's issue has each gate that failed, and the reason if none ran") {
  CHECK(contains(gate_issue(close.context, "tests fail").body, "tests fail\n"));
  GateResult passed{"lint", checks::CommandRun{}, ""};
  passed.run->outcome = checks::RunOutcome::Passed;
  GateResult failed{"test", checks::CommandRun{}, ""};
  failed.run->outcome = checks::RunOutcome::Failed;
  failed.run->command = "make test";
  failed.run->ending = "exit 2";
  failed.run->last_lines = {"first", "last"};
  close.context.gates = {passed, failed, {"typecheck", std::nullopt, "not configured"}};
  const tracker::NewIssue issue = gate_issue(close.context, std::string(300, 'x'));
  CHECK(contains(issue.body, "- test: exit 2 (`make test`)\n      first\n      last\n"));
  CHECK_FALSE(contains(issue.body, "lint"));
  CHECK_FALSE(contains(issue.body, "typecheck"));
  CHECK(issue.title.size() < 100);
}
