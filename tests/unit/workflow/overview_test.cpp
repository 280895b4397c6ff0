#include "workflow/overview.h"

#include <doctest/doctest.h>

#include "workflow_fixture.h"

using namespace gs;
using namespace gs::workflow;
using checks::ItemStatus;
using gs::test::any_contains;
using gs::test::contains;
using gs::test::SessionRepo;
using gs::test::state_text;
using session::Owner;

namespace {

const char* kPlan =
    "title = \"T\"\n"
    "[[item]]\ntitle = \"plain\"\nfiles = [\"src/a.cpp\", \"src/b.cpp\"]\n"
    "[[item]]\ntitle = \"verified\"\nfiles = [\"lib/**\"]\nverify = \"touch ran\"\n"
    "[[item]]\ntitle = \"command only\"\nverify = \"touch ran\"\n"
    "[[item]]\ntitle = \"dropped\"\nfiles = [\"x\"]\ndropped = \"no longer\"\n";

class PlannedRepo : public SessionRepo {
 public:
  PlannedRepo() {
    write(".orchestrator/session-plan.toml", kPlan);
    (void)start();
  }
  [[nodiscard]] Overview look() const { return overview(workspace()); }
};

Owner owner_of(const Overview& seen, const std::string& path) {
  for (const session::OwnedChange& change : seen.changes) {
    if (change.change.path.bytes() == path) return change.owner;
  }
  FAIL("no change of ", path);
  return Owner::Unclaimed;
}

}  // namespace

TEST_CASE("plan items follow what was touched, and no command runs") {
  const PlannedRepo repo;
  Overview seen = repo.look();
  REQUIRE(seen.items.size() == 4);
  CHECK(seen.items[0].status == ItemStatus::NotStarted);

  repo.write("src/a.cpp", "a");
  repo.write("lib/deep/c", "c");
  seen = repo.look();
  CHECK(seen.items[0].status == ItemStatus::Partial);
  CHECK(contains(seen.items[0].evidence, "src/b.cpp"));
  CHECK(seen.items[1].status == ItemStatus::Partial);
  CHECK(contains(seen.items[1].evidence, "verify runs at close"));
  CHECK(seen.items[2].status == ItemStatus::NotStarted);
  CHECK(seen.items[3].status == ItemStatus::Dropped);

  repo.write("src/b.cpp", "b");
  CHECK(repo.look().items[0].status == ItemStatus::Done);
  CHECK_FALSE(repo.has("ran"));
}

TEST_CASE("what was committed since the start counts for the items") {
  const PlannedRepo repo;
  repo.write("src/a.cpp", "a");
  repo.write("src/b.cpp", "b");
  repo.git({"add", "src"});
  repo.git({"commit", "-q", "-m", "feat: both"});
  const Overview seen = repo.look();
  CHECK(seen.commits == 1);
  CHECK(seen.items[0].status == ItemStatus::Done);
  CHECK(seen.items[0].touched.size() == 2);
}

TEST_CASE("changes have their owners") {
  const SessionRepo repo;
  repo.write("README.md", "somebody's\n");
  repo.write(".orchestrator/session-plan.toml", kPlan);
  (void)repo.start();
  repo.write("src/a.cpp", "a");
  repo.write("stray.txt", "s");
  const Overview seen = overview(repo.workspace());
  CHECK(owner_of(seen, "README.md") == Owner::Foreign);
  CHECK(owner_of(seen, "src/a.cpp") == Owner::Ours);
  CHECK(owner_of(seen, "stray.txt") == Owner::Unclaimed);
  CHECK(contains(seen.next_step, "--dry-run"));
}

TEST_CASE("without a session it is said why, and what comes next") {
  const SessionRepo repo;
  SUBCASE("none yet") {
    const Overview seen = overview(repo.workspace());
    CHECK_FALSE(seen.session);
    CHECK(contains(seen.absence, "does not exist"));
    CHECK(contains(seen.next_step, "git session start"));
  }
  SUBCASE("not set up") {
    repo.remove(".orchestrator/bootstrap.lock");
    CHECK(contains(overview(repo.workspace()).next_step, "git session init"));
  }
  SUBCASE("of another branch") {
    repo.write(".orchestrator/STATE.md", state_text({.branch = "elsewhere"}));
    const Overview seen = overview(repo.workspace());
    CHECK_FALSE(seen.session);
    CHECK(contains(seen.absence, "'elsewhere'"));
    CHECK(seen.next_step == "git switch elsewhere");
  }
}

TEST_CASE("an unfinished close is shown with its time, and comes next") {
  const PlannedRepo repo;
  repo.write(".git/git-session/close/journal.jsonl",
             "{\"session\":\"main-2026-03-02-0815\",\"began_at\":\"2026-03-02T09:00:00.000Z\"}\n");
  // The close got as far as STATE.md.
  std::string state = repo.read(".orchestrator/STATE.md");
  state.replace(state.find("status: active"), 14, "status: completed");
  repo.write(".orchestrator/STATE.md", state);
  const Overview seen = repo.look();
  CHECK(seen.session);
  CHECK(seen.unfinished_close == "2026-03-02T09:00:00.000Z");
  CHECK(contains(seen.next_step, "--continue"));
}

TEST_CASE("other sessions of the repository are listed, this one is not") {
  const PlannedRepo repo;
  repo.write(".codex/STATE.md", state_text({.session = "neighbour"}));
  const Overview seen = repo.look();
  REQUIRE(seen.others.size() == 1);
  CHECK(seen.others.front().id == "neighbour");
}

TEST_CASE("the session's snapshots are listed, and nobody else's") {
  const SessionRepo repo;
  repo.write("README.md", "dirty\n");
  (void)repo.start();
  repo.git({"update-ref", "refs/so-snapshots/other/wave-1-a", "HEAD"});
  const Overview seen = overview(repo.workspace());
  REQUIRE(seen.snapshots.size() == 1);
  CHECK(seen.snapshots.front().name.label == "baseline");
}
