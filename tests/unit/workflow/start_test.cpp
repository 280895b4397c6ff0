#include "workflow/start.h"

#include <doctest/doctest.h>

#include "session/baseline.h"
#include "session/current.h"
#include "session/wave_scope.h"
#include "tracker/select.h"
#include "workflow_fixture.h"

using namespace gs;
using namespace gs::workflow;
using gs::test::any_contains;
using gs::test::contains;
using gs::test::error_of;
using gs::test::SessionRepo;
using gs::test::snapshot_refs;
using gs::test::state_text;

namespace {

const char* kOnePlan =
    "title = \"Uploads\"\ntype = \"deep\"\n[[item]]\ntitle = \"Retry\"\nissue = 42\n"
    "files = [\"src/**\"]\n[[item]]\ntitle = \"Bar\"\nissue = 7\n";

// A plan file outside of the repository, as typed.
class PlanFile {
 public:
  explicit PlanFile(std::string_view text) : path_(directory_.path() + "/plan.toml") {
    write_file_atomically(path_, text);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  TemporaryDirectory directory_;
  std::string path_;
};

}  // namespace

namespace {

void file_issues(const SessionRepo& repo, int count) {
  const session::Workspace workspace = repo.workspace();
  const auto tracker = tracker::open_tracker(workspace, "local", Timestamp());
  for (int i = 1; i <= count; ++i) {
    tracker::NewIssue issue;
    issue.title = "Issue " + std::to_string(i);
    issue.priority = "medium";
    (void)tracker->create(issue, "");
  }
  tracker->save();
}

}  // namespace

TEST_CASE("an issue that the local tracker does not have is refused") {
  const SessionRepo repo;
  file_issues(repo, 1);
  CHECK(contains(error_of([&] {
                   (void)repo.start({.issues = {1, 9}});
                 }),
                 "there is no issue #9 | 'git session issue list' shows"));
  CHECK(repo.start({.issues = {1}}).carried_over.empty());
}

TEST_CASE("start opens a session that is read back as the current one") {
  const SessionRepo repo;
  file_issues(repo, 3);
  repo.commit_all("issues");
  const std::string head = repo.git({"rev-parse", "HEAD"});
  const StartResult result = repo.start({.issues = {3}, .title = "Retry: uploads # now"});
  CHECK(result.session == "main-2026-03-02-0815");
  CHECK(result.branch == "main");
  CHECK(result.start_ref->hex() == head);
  CHECK_FALSE(result.baseline);
  CHECK(result.dirty.empty());
  REQUIRE(result.warnings.size() == 1);
  CHECK(result.warnings[0].starts_with("the title is kept as 'Retry - uploads now'"));

  const auto lookup = session::find_current_session(repo.workspace(), std::nullopt);
  REQUIRE(lookup.session);
  CHECK(lookup.session->id == result.session);
  CHECK(lookup.session->base->hex() == head);
  CHECK(lookup.session->base_reason == "session-start-ref");
  CHECK(lookup.session->state.session_type == "feature");
  CHECK(lookup.session->state.issues == std::vector<long>{3});
  CHECK(lookup.session->state.problems.empty());
  // Nothing was dirty, and that is known.
  REQUIRE(lookup.session->baseline);
  CHECK(lookup.session->baseline->dirty.empty());
  CHECK(snapshot_refs(repo).empty());
}

TEST_CASE("what is dirty already is kept as the baseline, with its content") {
  const SessionRepo repo;
  repo.write("README.md", "changed\n");
  repo.write("staged.txt", "staged\n");
  repo.git({"add", "staged.txt"});
  repo.write("new.txt", "new\n");
  const std::string index = repo.git({"ls-files", "--stage"});
  const StartResult result = repo.start();
  REQUIRE(result.baseline);
  CHECK(result.baseline->ref == "refs/so-snapshots/main-2026-03-02-0815/wave-0-baseline");
  CHECK(result.dirty == std::vector<std::string>{"README.md", "new.txt", "staged.txt"});
  CHECK(repo.git({"ls-files", "--stage"}) == index);

  const auto baseline = session::read_baseline(git::Repository::open(repo.path()), result.session);
  REQUIRE(baseline);
  CHECK(baseline->snapshot == result.baseline->oid);
  CHECK(baseline->dirty.at(RepoPath("new.txt")).worktree.oid ==
        git::Repository::hash_blob("new\n"));
}

TEST_CASE("a file that is too large for a snapshot is still known to have been dirty") {
  const SessionRepo repo;
  repo.write("big.bin", std::string(5000, 'x'));
  const auto workspace = repo.workspace(".orchestrator", {{"snapshot-max-file", "1k", {}}});
  const StartResult result = workflow::start(workspace, {}, test::FixedClock());
  CHECK(result.dirty == std::vector<std::string>{"big.bin"});
  CHECK(any_contains(result.warnings, "'big.bin' is not in the baseline snapshot"));
  const auto baseline = session::read_baseline(workspace.repository, result.session);
  REQUIRE(baseline);
  CHECK(baseline->dirty.at(RepoPath("big.bin")).worktree.oid ==
        git::Repository::hash_blob(std::string(5000, 'x')));
}

TEST_CASE("a plan gives title, type and issues, and is copied byte for byte") {
  const SessionRepo repo;
  const std::string text = std::string("# mine\n") + kOnePlan;
  const PlanFile plan(text);
  file_issues(repo, 7);
  const StartResult result = repo.start({.issues = {7, 1}, .plan = plan.path()});
  CHECK(result.plan_items == 2);
  CHECK(repo.read(".orchestrator/session-plan.toml") == text);
  CHECK(repo.state().title == "Uploads");
  CHECK(repo.state().session_type == "deep");
  CHECK(repo.state().issues == std::vector<long>{7, 1, 42});
}

TEST_CASE("what the command line says counts more than the plan") {
  const SessionRepo repo;
  const PlanFile plan(kOnePlan);
  (void)repo.start({.type = "housekeeping", .plan = plan.path(), .title = "Other"});
  CHECK(repo.state().title == "Other");
  CHECK(repo.state().session_type == "housekeeping");
}

TEST_CASE("a scope is written with the configured enforcement") {
  const SessionRepo repo;
  const auto workspace = repo.workspace(".orchestrator", {{"enforcement", "strict", {}}});
  (void)workflow::start(workspace, {.scope = {"src/", "*.md"}}, test::FixedClock());
  const auto scope =
      session::find_own_wave_scope(workspace.repository.work_tree(), RepoPath(".orchestrator"), {});
  REQUIRE(scope);
  CHECK(scope->problems.empty());
  CHECK(scope->enforcement == session::Enforcement::Strict);
  CHECK(scope->allowed_paths.size() == 2);
}

TEST_CASE("a paused session keeps its state directory, and the ways out are named") {
  const SessionRepo repo;
  repo.write(".orchestrator/STATE.md", state_text({.status = "paused", .session = "earlier"}));
  const std::string error = repo.refusal();
  CHECK(contains(error, "'earlier' is paused"));
  CHECK(contains(error, "git session resume"));
  CHECK(contains(error, "git session pause --shelve"));
  CHECK(contains(error, "--state-dir"));
}

TEST_CASE("an active session of this branch is in the way, whatever wrote it") {
  for (const char* status : {"active", ""}) {
    const SessionRepo repo;
    const std::string text = state_text({.status = status, .session = "earlier"});
    repo.write(".orchestrator/STATE.md", text);
    const std::string error = repo.refusal();
    CHECK(contains(error, "'earlier'"));
    CHECK(contains(error, "git session close"));
    CHECK(contains(error, "git session abandon --session"));
    CHECK(repo.read(".orchestrator/STATE.md") == text);
  }
}

TEST_CASE("a session of another branch is in the way too, and the branch is named") {
  const SessionRepo repo;
  repo.write(".orchestrator/STATE.md", state_text({.branch = "topic", .session = "earlier"}));
  const std::string error = repo.refusal();
  CHECK(contains(error, "of branch 'topic'"));
  CHECK(contains(error, "git checkout topic"));
}

TEST_CASE("a STATE.md whose session is over is replaced") {
  for (const char* status : {"completed", "idle"}) {
    const SessionRepo repo;
    repo.write(".orchestrator/STATE.md", state_text({.status = status, .session = "earlier"}));
    CHECK(repo.start().session == "main-2026-03-02-0815");
    CHECK(repo.state().status == session::Status::Active);
  }
}

TEST_CASE("a STATE.md that cannot be read is never replaced") {
  const SessionRepo repo;
  repo.write(".orchestrator/STATE.md", "no frontmatter\n");
  CHECK(contains(repo.refusal(), "STATE.md"));
  CHECK(repo.read(".orchestrator/STATE.md") == "no frontmatter\n");
}

TEST_CASE("a minute that has a session already gives the next id a number") {
  const SessionRepo repo;
  SUBCASE("from STATE.md") {
    repo.write(".orchestrator/STATE.md",
               state_text({.status = "completed", .session = "main-2026-03-02-0815"}));
  }
  SUBCASE("from another state directory") {
    repo.write(".claude/STATE.md", state_text({.session = "main-2026-03-02-0815"}));
  }
  SUBCASE("from a snapshot") {
    repo.git({"update-ref", "refs/so-snapshots/main-2026-03-02-0815/wave-1-a", "HEAD"});
  }
  SUBCASE("from the records") {
    repo.write(".orchestrator/metrics/sessions.jsonl",
               "{\"session_id\":\"main-2026-03-02-0815\"}\n");
  }
  CHECK(repo.start().session == "main-2026-03-02-0815-2");
}

TEST_CASE("a session in another state directory of the tree is said, and does not stop it") {
  const SessionRepo repo;
  repo.write(".codex/STATE.md", state_text({.session = "neighbour"}));
  CHECK(any_contains(repo.start().warnings, "'neighbour' is also active in '.codex'"));
}

TEST_CASE("an unfinished close is in the way") {
  const SessionRepo repo;
  repo.write(".git/git-session/close/journal.jsonl",
             "{\"schema\":\"git-session/journal/1\",\"session\":\"half\"}\n");
  const std::string error = repo.refusal();
  CHECK(contains(error, "'half'"));
  CHECK(contains(error, "--continue"));
  CHECK(contains(error, "--abort"));
}

TEST_CASE("the bootstrap gate has to be open") {
  const SessionRepo repo;
  repo.remove(".orchestrator/bootstrap.lock");
  CHECK(contains(repo.refusal(), "git session init"));
  CHECK_FALSE(repo.has(".orchestrator/STATE.md"));
}

TEST_CASE("with persistence off there is no session to open") {
  const SessionRepo repo;
  const auto workspace = repo.workspace(".orchestrator", {{"persistence", "false", {}}});
  CHECK(contains(test::error_of([&] { (void)workflow::start(workspace, {}, test::FixedClock()); }),
                 "persistence is off"));
}

TEST_CASE("conflicts have to be resolved first") {
  const SessionRepo repo;
  repo.git({"checkout", "-q", "-b", "other"});
  repo.write("README.md", "theirs\n");
  repo.commit_all("theirs");
  repo.git({"checkout", "-q", "main"});
  repo.write("README.md", "ours\n");
  repo.commit_all("ours");
  (void)repo.try_git({"merge", "-q", "other"});
  CHECK(contains(repo.refusal(), "'README.md'"));
  CHECK_FALSE(repo.has(".orchestrator/STATE.md"));
  CHECK(snapshot_refs(repo).empty());
}

TEST_CASE("a wrong plan stops it before anything is written, with file and line") {
  const SessionRepo repo;
  const PlanFile plan("title = \"x\"\n[[item]]\ntitle = \"y\"\nfile = [\"a\"]\n");
  repo.write("README.md", "dirty\n");
  CHECK(contains(repo.refusal({.plan = plan.path()}), "plan.toml:4"));
  CHECK(contains(repo.refusal({.plan = plan.path() + ".missing"}), "plan.toml.missing"));
  CHECK(contains(repo.refusal({.scope = {"\xff"}}), "not UTF-8"));
  CHECK(snapshot_refs(repo).empty());
  CHECK_FALSE(repo.has(".orchestrator/STATE.md"));
  CHECK_FALSE(repo.has(".orchestrator/session-plan.toml"));
}

TEST_CASE("a session that cannot be written leaves nothing of itself behind") {
  const SessionRepo repo;
  const PlanFile plan(kOnePlan);
  repo.write("README.md", "dirty\n");
  repo.write(".orchestrator/STATE.md/in-the-way", "a directory stands there");
  const std::string status = repo.git({"status", "--porcelain"});
  CHECK_FALSE(repo.refusal({.plan = plan.path(), .scope = {"src/"}}).empty());
  CHECK(repo.git({"status", "--porcelain"}) == status);
  CHECK(snapshot_refs(repo).empty());
  CHECK(list_directory(repo.path(".git/git-session/baselines")).empty());
}

TEST_CASE("a plan and a scope that lie in the state directory count, and that is said") {
  const SessionRepo repo;
  repo.write(".orchestrator/session-plan.toml", kOnePlan);
  repo.write(".orchestrator/wave-scope.json", "{}");
  const StartResult result = repo.start();
  CHECK(result.plan_items == 2);
  CHECK(any_contains(result.warnings, "session-plan.toml' already existed"));
  CHECK(any_contains(result.warnings, "wave-scope.json' already existed"));
}

TEST_CASE("a branch without a commit and a detached HEAD have sessions too") {
  SUBCASE("unborn") {
    const SessionRepo repo;
    repo.git({"checkout", "-q", "--orphan", "fresh"});
    const StartResult result = repo.start();
    CHECK(result.session == "fresh-2026-03-02-0815");
    CHECK_FALSE(result.start_ref);
    CHECK(result.baseline);
    CHECK(repo.state().session_start_ref.empty());
  }
  SUBCASE("detached") {
    const SessionRepo repo;
    repo.git({"checkout", "-q", "--detach"});
    const StartResult result = repo.start();
    CHECK(result.session == "detached-2026-03-02-0815");
    CHECK(result.branch == "HEAD");
    CHECK(session::find_current_session(repo.workspace(), std::nullopt).session);
  }
}
