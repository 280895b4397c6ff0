#include "close/plan/session_notes.h"

#include <doctest/doctest.h>

#include "close/close_fixture.h"

using namespace gs;
using namespace gs::close;
using gs::test::any_contains;
using gs::test::CloseOf;
using gs::test::contains;
using gs::test::kNow;
using gs::test::ScopedEnvironment;
using gs::test::TempRepo;

namespace {

struct NotesFixture {
  TempRepo repo;
  TemporaryDirectory home;
  ScopedEnvironment config{"CLAUDE_CONFIG_DIR", home.path()};
  CloseOf close{repo};
  WritePlan plan;

  NotesFixture() {
    plan.session = "feature/x";
    plan.state_directory = RepoPath(".orchestrator");
    plan.completed_at = kNow;
    plan.report.session = plan.session;
    plan.report.files_changed = 6;
  }
};

report::Item item(const std::string& title, const std::string& status) {
  report::Item made;
  made.title = title;
  made.status = status;
  return made;
}

}  // namespace

TEST_CASE_FIXTURE(NotesFixture, "a small session leaves no handover, a larger one does") {
  plan.report.files_changed = 5;
  plan_handover(close.context, plan);
  CHECK(plan.answers["handover"].skipped == "a small session");
  CHECK(plan.files.empty());
  plan.report.carried_over.assign(3, item("left", "partial"));
  plan.answers.clear();
  plan_handover(close.context, plan);
  CHECK(plan.answers["handover"].skipped.empty());
  CHECK(plan.files.size() == 1);
}

TEST_CASE_FIXTURE(NotesFixture, "a handover's name is not a path, and takes nobody's file") {
  plan_handover(close.context, plan);
  const FilePlace first = plan.notes["handover"];
  CHECK(first.parent() == FilePlace(RepoPath(".orchestrator/session-handover")));
  repo.write(first.bytes(), "somebody's");
  plan_handover(close.context, plan);
  CHECK(plan.notes["handover"] != first);
  CHECK(plan.notes["handover"].bytes().ends_with("-2.md"));
}

TEST_CASE_FIXTURE(NotesFixture,
                  "a private session's handover is not in the directory that is put away") {
  const std::string common = close.context.repository().common_dir();
  plan.state_directory = session::private_session(common, plan.session);
  plan_handover(close.context, plan);
  CHECK(plan.notes["handover"].parent()->bytes() == common + "/git-session/handover");
}

TEST_CASE_FIXTURE(NotesFixture,
                  "only a session of Claude whose text is the user's leaves a memory note") {
  plan_memory(close.context, plan);
  CHECK(plan.answers["memory"].skipped == "not a Claude session");

  close.workspace.platform = session::Platform::Claude;
  plan_memory(close.context, plan);
  CHECK(plan.notes.count("memory") == 1);
  CHECK(plan.notes["memory"].bytes().starts_with(home.path() + "/"));

  repo.write(".orchestrator/STATE.md", test::state_text({.session = "s"}));
  const std::string commit = repo.commit_all("somebody's session");
  repo.git({"update-ref", "refs/remotes/origin/theirs", commit});
  CloseOf theirs(repo);
  theirs.workspace.platform = session::Platform::Claude;
  WritePlan nothing;
  plan_memory(theirs.context, nothing);
  CHECK(contains(nothing.answers["memory"].skipped, "on a remote"));
  CHECK(nothing.files.empty());
}

TEST_CASE_FIXTURE(NotesFixture, "without a home there is no note, and the answer says so") {
  close.workspace.platform = session::Platform::Claude;
  const ScopedEnvironment no_directory("CLAUDE_CONFIG_DIR", "relative");
  for (const char* value : {"", "relative"}) {
    const ScopedEnvironment unset("HOME", value);
    plan = {};
    plan_memory(close.context, plan);
    CHECK(any_contains(plan.answers["memory"].problems, "HOME is not set"));
    CHECK(plan.files.empty());
  }
}

TEST_CASE("an outcome is one line, whatever is in it") {
  report::Report report;
  report.completed.push_back(item("two\nlines", "done"));
  report.carried_over.push_back(item("left", "partial"));
  const std::vector<std::string> lines = outcome_lines(report);
  REQUIRE(lines.size() == 2);
  CHECK_FALSE(contains(lines[0], "\n"));
  CHECK(lines[1] == "left: partial");
  report.files_changed = 1;
  CHECK(one_line_summary(report) == "1 of 2 items done, 1 carried over, 1 file changed");
  CHECK(one_line_summary(report::Report{}) == "0 files changed");
}
