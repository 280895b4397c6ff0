#include "workflow/active_session.h"

#include <doctest/doctest.h>

#include "workflow_fixture.h"

using namespace gs;
using namespace gs::workflow;
using gs::test::SessionRepo;
using gs::test::state_text;

TEST_CASE("the session of this branch in this state directory is the active one") {
  const SessionRepo repo;
  CHECK_FALSE(find_active_session(repo.workspace()));
  const auto started = repo.start();
  const auto active = find_active_session(repo.workspace());
  REQUIRE(active);
  CHECK(active->id == started.session);
  CHECK(active->wave == 0);
  CHECK_FALSE(find_active_session(repo.workspace(".claude")));
}

TEST_CASE("a session that is over or of another branch is not active") {
  const SessionRepo repo;
  repo.write(".orchestrator/STATE.md", state_text({.status = "completed"}));
  CHECK_FALSE(find_active_session(repo.workspace()));
  repo.write(".orchestrator/STATE.md", state_text({.branch = "elsewhere"}));
  CHECK_FALSE(find_active_session(repo.workspace()));
}

TEST_CASE("a broken plan does not hide the session, a broken STATE.md is said") {
  const SessionRepo repo;
  (void)repo.start();
  repo.write(".orchestrator/session-plan.toml", "not = = toml");
  CHECK(find_active_session(repo.workspace()));
  repo.write(".orchestrator/STATE.md", "---\nbroken: [\n---\n");
  CHECK(test::contains(test::error_of([&] { (void)find_active_session(repo.workspace()); }),
                       "STATE.md"));
}
