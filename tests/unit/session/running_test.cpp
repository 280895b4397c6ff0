#include <doctest/doctest.h>

#include "session/current.h"
#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::any_contains;
using gs::test::state_text;
using gs::test::StateText;
using gs::test::TempRepo;
using gs::test::workspace_of;

namespace {

class RunningRepo : public TempRepo {
 public:
  RunningRepo() {
    write("a", "a");
    commit_all("base");
  }
  void state(const std::string& directory, const StateText& text) const {
    write(directory + "/STATE.md", state_text(text));
  }
  [[nodiscard]] std::vector<std::string> running() {
    std::vector<std::string> ids;
    for (const auto& session : running_sessions(git::Repository::open(path()), &problems)) {
      ids.push_back(session.id);
    }
    return ids;
  }
  [[nodiscard]] std::vector<OtherClaim> others() {
    return other_claims(workspace_of(*this, ".claude"), &problems);
  }
  std::vector<std::string> problems;
};

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("active and paused sessions of every state directory run, others do not") {
  RunningRepo repo;
  repo.state(".claude", {.session = "a"});
  repo.state(".codex", {.status = "paused", .session = "b"});
  repo.state(".cursor", {.status = "completed", .session = "c"});
  repo.state(".pi", {.status = "idle", .session = "d"});
  repo.state(".orchestrator", {.branch = "another", .session = "e"});
  CHECK(repo.running() == Ids{"a", "b", "e"});
  CHECK(repo.problems.empty());
}

TEST_CASE("sessions of linked worktrees run too, with their place") {
  const RunningRepo repo;
  repo.git({"worktree", "add", "-q", "-b", "side", repo.path() + "-side"});
  write_file_atomically(repo.path() + "-side/STATE.md", "not in a state directory\n");
  make_directories(repo.path() + "-side/.codex");
  write_file_atomically(repo.path() + "-side/.codex/STATE.md",
                        state_text({.branch = "side", .session = "linked"}));
  const auto running = running_sessions(git::Repository::open(repo.path()), nullptr);
  REQUIRE(running.size() == 1);
  CHECK(running[0].id == "linked");
  CHECK(running[0].worktree == repo.path() + "-side");
  CHECK(running[0].state_directory == ".codex");
  CHECK(running[0].status == Status::Active);
  CHECK(running[0].branch == "side");
}

TEST_CASE("a state directory that is configured counts as well") {
  RunningRepo repo;
  repo.state("work", {.session = "mine"});
  CHECK(repo.running().empty());
  repo.git({"config", "session.state-dir", "work"});
  CHECK(repo.running() == Ids{"mine"});
}

TEST_CASE("a STATE.md that cannot be read is a problem, and hides no other") {
  RunningRepo repo;
  repo.write(".claude/STATE.md", "broken\n");
  repo.write(".cursor/STATE.md/x", "a directory\n");
  repo.state(".pi", {.session = "b"});
  CHECK(repo.running() == Ids{"b"});
  CHECK(repo.problems.size() == 2);
  CHECK(any_contains(repo.problems, ".claude/STATE.md"));
  CHECK(any_contains(repo.problems, ".cursor/STATE.md"));
}

TEST_CASE("a session whose close is unfinished runs, whatever STATE.md says") {
  RunningRepo repo;
  repo.state(".claude", {.status = "completed", .session = "a"});
  repo.write(".git/git-session/close/journal.jsonl", "{\"session\":\"a\"}\n");
  CHECK(repo.running() == Ids{"a"});
  repo.write(".git/git-session/close/journal.jsonl", "{\"session\":\"without-state\"}\n");
  CHECK(repo.running() == Ids{"without-state"});
}

TEST_CASE("a journal of nobody is a problem, so that nothing is deleted under it") {
  RunningRepo repo;
  repo.write(".git/git-session/close/journal.jsonl", "{\"sess");
  CHECK(repo.running().empty());
  CHECK(any_contains(repo.problems, "journal.jsonl"));
}

TEST_CASE("other sessions of this work tree claim by their own plan, scope and history") {
  RunningRepo repo;
  repo.state(".claude", {.session = "ours"});
  repo.state(".codex",
             {.session = "theirs",
              .body = "## Wave History\n### Wave 1 — X\n- Agent \"a\": done — lib/h.c — ok\n"});
  repo.write(".codex/session-plan.toml", "title='t'\n[[item]]\ntitle='P'\nfiles=['plan/**']\n");
  repo.write(".codex/wave-scope.json", R"({"enforcement":"warn","allowedPaths":["scope/**"]})");
  repo.write(".claude/wave-scope.json", R"({"enforcement":"warn","allowedPaths":["ours/**"]})");
  const auto others = repo.others();
  REQUIRE(others.size() == 1);
  CHECK(others[0].session == "theirs");
  CHECK(others[0].claim.reason(RepoPath("plan/x")));
  CHECK(others[0].claim.reason(RepoPath("scope/x")));
  CHECK(others[0].claim.reason(RepoPath("lib/h.c")));
  CHECK(others[0].claim.owns_record(RepoPath(".codex/STATE.md")));
  CHECK_FALSE(others[0].claim.reason(RepoPath("ours/x")));
  CHECK(repo.problems.empty());
}

TEST_CASE("an ended session and one of another branch claim nothing") {
  RunningRepo repo;
  repo.state(".codex", {.status = "completed"});
  repo.state(".pi", {.branch = "another"});
  CHECK(repo.others().empty());
}

TEST_CASE("a plan of another session that cannot be read leaves the rest of its claim") {
  RunningRepo repo;
  repo.state(".codex", {.session = "theirs"});
  repo.write(".codex/session-plan.toml", "broken\n");
  repo.write(".codex/wave-scope.json", R"({"enforcement":"warn","allowedPaths":["scope/**"]})");
  const auto others = repo.others();
  REQUIRE(others.size() == 1);
  CHECK(others[0].claim.reason(RepoPath("scope/x")));
  CHECK(any_contains(repo.problems, ".codex/session-plan.toml"));
}
