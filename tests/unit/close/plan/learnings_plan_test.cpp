#include "close/plan/learnings_plan.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "close/close_fixture.h"
#include "records/lessons.h"
#include "session/baseline.h"

using namespace gs;
using namespace gs::close;
using gs::test::any_contains;
using gs::test::CloseOf;
using gs::test::contains;
using gs::test::kNow;
using gs::test::TempRepo;

namespace {

struct LearningsFixture {
  TempRepo repo;
  CloseOf close{repo};
  WritePlan plan;

  LearningsFixture() {
    repo.write("a", "a");
    close.context.session->base = *git::ObjectId::parse(repo.commit_all("base"));
    plan.session = "s";
    plan.completed_at = kNow;
  }

  [[nodiscard]] std::string noted_file() const {
    return session::noted_learnings_file(close.context.repository(), "s");
  }
  void note(const std::string& subject, const std::string& more = "") const {
    const std::string line = records::noted_line({"habit", subject, "insight", "", false}, kNow);
    make_directories(parent_directory(noted_file()));
    write_file_atomically(noted_file(),
                          read_file_if_exists(noted_file()).value_or("") + line + more);
  }
  const PlannedAnswer& make() {
    plan_learnings(close.context, plan);
    return plan.answers["learnings"];
  }
  // What the plan makes of a file: absent if it does not touch it, "" if it removes it.
  [[nodiscard]] std::optional<std::string> after(const std::string& name) const {
    for (const FileWrite& file : plan.files) {
      if (file.path.name() == name) return file.after ? close.journal.kept(*file.after) : "";
    }
    return std::nullopt;
  }
};

}  // namespace

TEST_CASE_FIXTURE(LearningsFixture, "a session that teaches nothing plans nothing") {
  CHECK(make().skipped == "nothing to learn");
  CHECK(plan.files.empty());
}

TEST_CASE_FIXTURE(LearningsFixture, "a note becomes a learning, and its own file goes") {
  note("small commits");
  CHECK(contains(make().summary, "1 new"));
  CHECK(contains(*after("learnings.jsonl"), "small commits"));
  CHECK(after("s.jsonl") == "");
  CHECK(close.context.learnings->changes.added == 1);
}

TEST_CASE_FIXTURE(LearningsFixture, "a torn note stays in its file, and the answer says so") {
  note("small commits", "{\"type\":\"habit\",\"sub");
  const PlannedAnswer& answer = make();
  CHECK(contains(*after("learnings.jsonl"), "small commits"));
  CHECK(after("s.jsonl") == "{\"type\":\"habit\",\"sub\n");
  CHECK(any_contains(answer.problems, "left incomplete"));
}

TEST_CASE_FIXTURE(LearningsFixture, "lines that are no learning stay, byte for byte") {
  const std::string odd = "not json \xff\n{\"of\":\"another program\"}\n";
  repo.write(".orchestrator/metrics/learnings.jsonl", odd);
  note("small commits");
  const PlannedAnswer& answer = make();
  const std::string text = *after("learnings.jsonl");
  CHECK(contains(text, "not json \xff\n"));
  CHECK(contains(text, "{\"of\":\"another program\"}\n"));
  CHECK(any_contains(answer.problems, "2 lines of"));
}

TEST_CASE_FIXTURE(LearningsFixture,
                  "three copies are kept: the newest two, and what was there now") {
  const std::string directory = ".orchestrator/metrics/";
  repo.write(directory + "learnings.jsonl", "{\"old\":1}\n");
  for (const char* day : {"01", "02", "03", "04"}) {
    repo.write(directory + "learnings.jsonl.bak-2026-02-" + day + "T00-00-00Z", day);
  }
  repo.write(directory + "learnings.jsonl.mine", "mine");
  note("small commits");
  (void)make();
  CHECK(after("learnings.jsonl.bak-2026-02-01T00-00-00Z") == "");
  CHECK(after("learnings.jsonl.bak-2026-02-02T00-00-00Z") == "");
  CHECK_FALSE(after("learnings.jsonl.bak-2026-02-03T00-00-00Z").has_value());
  CHECK_FALSE(after("learnings.jsonl.bak-2026-02-04T00-00-00Z").has_value());
  CHECK_FALSE(after("learnings.jsonl.mine").has_value());
  const auto copy = std::find_if(plan.files.begin(), plan.files.end(), [](const FileWrite& file) {
    return file.path.name().starts_with("learnings.jsonl.bak-2026-03-02T08-15-30");
  });
  REQUIRE(bool(copy != plan.files.end()));
  CHECK(close.journal.kept(*copy->after) == "{\"old\":1}\n");
}

TEST_CASE_FIXTURE(LearningsFixture, "without persistence the notes stay where they are") {
  CloseOf off(repo, {{"persistence", Json(false), {}}});
  note("small commits");
  WritePlan nothing;
  plan_learnings(off.context, nothing);
  CHECK(nothing.answers["learnings"].skipped == "persistence is off");
  CHECK(nothing.files.empty());
}

TEST_CASE_FIXTURE(LearningsFixture,
                  "a noted learning that is known already is confirmed, not added") {
  note("small commits");
  (void)make();
  repo.write(".orchestrator/metrics/learnings.jsonl", *after("learnings.jsonl"));
  CloseOf next(repo);
  next.context.session->base = close.context.session->base;
  WritePlan again;
  again.session = "s";
  again.completed_at = kNow;
  plan_learnings(next.context, again);
  CHECK(next.context.learnings->changes.added == 0);
  CHECK(next.context.learnings->changes.confirmed == 1);
}
