#include "session/current.h"

#include <doctest/doctest.h>

#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::any_contains;
using gs::test::contains;
using gs::test::error_of;
using gs::test::kNow;
using gs::test::state_text;
using gs::test::StateText;
using gs::test::TempRepo;
using gs::test::workspace_of;

namespace {

class SessionRepo : public TempRepo {
 public:
  SessionRepo() {
    write("a", "a");
    start = commit_all("base");
  }
  void state(StateText text, const std::string& directory = ".claude") const {
    if (text.start_ref.empty()) text.start_ref = start;
    write(directory + "/STATE.md", state_text(text));
  }
  [[nodiscard]] SessionLookup lookup(Counts counts = Counts::Active) const {
    return find_current_session(workspace_of(*this, ".claude"), std::nullopt, counts);
  }
  [[nodiscard]] CurrentSession session() const {
    auto found = lookup();
    REQUIRE_MESSAGE(found.session, found.detail);
    return std::move(*found.session);
  }
  std::string start;
};

std::vector<config::Setting> persistence_off() {
  return {{"persistence", false, config::Origin{"local", ".git/config", 0}}};
}

}  // namespace

TEST_CASE("the session is what STATE.md of this branch says") {
  const SessionRepo repo;
  repo.state({});
  repo.write(".claude/session-plan.toml", "title='t'\n[[item]]\ntitle='Retry'\nfiles=['src/**']\n");
  repo.write(".claude/wave-scope.json", R"({"enforcement":"warn","allowedPaths":["tests/**"]})");
  const CurrentSession session = repo.session();
  CHECK(session.id == "main-2026-03-02-0800");
  CHECK(session.state.status == Status::Active);
  CHECK(session.state_text == repo.read(".claude/STATE.md"));
  CHECK(session.plan->items.size() == 1);
  CHECK(session.plan_text == repo.read(".claude/session-plan.toml"));
  CHECK(session.scope->allowed_paths.size() == 1);
  CHECK(session.base->hex() == repo.start);
  CHECK(session.base_reason == "session-start-ref");
  CHECK_FALSE(session.baseline);
  CHECK(session.warnings.empty());
  const Claim claim = session.claim(workspace_of(repo, ".claude"));
  CHECK(claim.reason(RepoPath("src/a")) == "plan item 'Retry'");
  CHECK(claim.reason(RepoPath("tests/a")));
  CHECK(claim.owns_record(RepoPath(".claude/STATE.md")));
}

TEST_CASE("a paused session is none until it is taken up, but to who asks for it") {
  const SessionRepo repo;
  repo.state({.status = "paused"});
  CHECK(repo.lookup().absence == Absence::Paused);
  CHECK(contains(repo.lookup().detail, "'main-2026-03-02-0800' is paused"));
  const SessionLookup lookup = repo.lookup(Counts::Paused);
  REQUIRE(lookup.session);
  CHECK(lookup.session->state.status == Status::Paused);
}

TEST_CASE("of another branch a paused session is of that branch first") {
  const SessionRepo repo;
  repo.state({.branch = "topic", .status = "paused"});
  CHECK(repo.lookup().absence == Absence::OtherBranch);
}

TEST_CASE("without a STATE.md, or with an idle one, there is no session") {
  const SessionRepo repo;
  CHECK(repo.lookup().absence == Absence::NoState);
  CHECK(contains(repo.lookup().detail, ".claude/STATE.md"));
  repo.state({.status = "idle"});
  CHECK(repo.lookup().absence == Absence::NoState);
}

TEST_CASE("a completed session counts only while its close is unfinished") {
  const SessionRepo repo;
  repo.state({.status = "completed"});
  CHECK(repo.lookup().absence == Absence::Completed);
  CHECK(contains(repo.lookup().detail, "main-2026-03-02-0800"));
  CHECK(repo.lookup(Counts::Closing).session);
}

TEST_CASE("a STATE.md of another branch is stale, and the detail names both") {
  const SessionRepo repo;
  repo.state({.branch = "feature/x"});
  const SessionLookup lookup = repo.lookup();
  CHECK(lookup.absence == Absence::OtherBranch);
  CHECK(contains(lookup.detail, "'feature/x'"));
  CHECK(contains(lookup.detail, "'main'"));
}

TEST_CASE("a branch is only compared when there are two") {
  const SessionRepo repo;
  repo.state({.branch = ""});
  CHECK(repo.lookup().session);
  repo.state({.branch = "feature/x"});
  repo.git({"checkout", "-q", "--detach"});
  CHECK(repo.lookup().session);
}

TEST_CASE("a STATE.md or plan that cannot be read is an error with its place") {
  const SessionRepo repo;
  repo.write(".claude/STATE.md", "no frontmatter\n");
  CHECK(contains(error_of([&] { (void)repo.lookup(); }), "'.claude/STATE.md'"));
  repo.state({});
  repo.write(".claude/session-plan.toml", "title='t'\nitems=1\n");
  CHECK(contains(error_of([&] { (void)repo.lookup(); }), ".claude/session-plan.toml:2: "));
}

TEST_CASE("what was degraded stands in the warnings") {
  const SessionRepo repo;
  repo.state({.status = "", .start_ref = std::string(40, 'b'), .body = "\n"});
  repo.write(".claude/wave-scope.json", "{");
  const auto warnings = repo.session().warnings;
  CHECK(any_contains(warnings, "'status' is missing"));
  CHECK(any_contains(warnings, "Wave History"));
  CHECK(any_contains(warnings, "is not a commit"));
  CHECK(any_contains(warnings, "wave-scope.json"));
}

TEST_CASE("the baseline is the one of this session") {
  const SessionRepo repo;
  repo.state({});
  Baseline baseline;
  baseline.session = "main-2026-03-02-0800";
  baseline.taken_at = kNow;
  write_baseline(git::Repository::open(repo.path()), baseline);
  CHECK(repo.session().baseline);
  repo.state({.session = "another"});
  CHECK_FALSE(repo.session().baseline);
}

TEST_CASE("the scope of a parallel session is not ours, a left-over one is") {
  const SessionRepo repo;
  repo.state({});
  repo.write(".codex/wave-scope.json", R"({"enforcement":"warn","allowedPaths":["codex/**"]})");
  CHECK(repo.session().scope->file.bytes() == ".codex/wave-scope.json");
  repo.state({.session = "theirs"}, ".codex");
  CHECK_FALSE(repo.session().scope);
}

TEST_CASE("with persistence off the session is the branch since its base") {
  const SessionRepo repo;
  repo.write(".claude/STATE.md", "not looked at\n");
  const auto workspace = workspace_of(repo, ".claude", persistence_off());
  const auto found = find_current_session(workspace, "HEAD");
  REQUIRE(found.session);
  CHECK(found.session->id == "main");
  CHECK(found.session->base->hex() == repo.start);
  CHECK(found.session->state_text.empty());
  CHECK(found.session->warnings.empty());
  const auto none = find_current_session(workspace, std::nullopt);
  CHECK(none.absence == Absence::NoState);
  CHECK(contains(none.detail, "--base"));
}

TEST_CASE("a default branch of the remote is enough with persistence off") {
  const SessionRepo repo;
  repo.git({"update-ref", "refs/remotes/origin/main", "HEAD"});
  const auto found =
      find_current_session(workspace_of(repo, ".claude", persistence_off()), std::nullopt);
  REQUIRE(found.session);
  CHECK(found.session->base_reason == "merge base with origin/main");
}

TEST_CASE("docs tasks of STATE.md are part of the claim") {
  const SessionRepo repo;
  repo.write(".claude/STATE.md",
             "---\nschema-version: 1\nsession: s\nbranch: main\nstatus: active\ndocs-tasks:\n"
             "  - id: d\n    target-pattern: docs/**\nsession-start-ref: " +
                 repo.start + "\n---\n");
  const Claim claim = repo.session().claim(workspace_of(repo, ".claude"));
  CHECK(claim.reason(RepoPath("docs/a.md")) == "docs task 'docs/**'");
}

namespace {

class Branched : public TempRepo {
 public:
  Branched() {
    write("a", "1");
    first = commit_all("first");
    write("a", "2");
    second = commit_all("second");
  }
  [[nodiscard]] BaseCommit base(const std::string& start_ref,
                                const std::optional<std::string>& option = {}) {
    warnings.clear();
    return choose_base(workspace_of(*this, ".claude"), option, start_ref, warnings);
  }
  std::string first, second;
  std::vector<std::string> warnings;
};

}  // namespace

TEST_CASE("--base outranks the start ref") {
  Branched repo;
  const BaseCommit base = repo.base(repo.second, "main~1");
  CHECK(base.commit->hex() == repo.first);
  CHECK(base.reason == "--base");
  CHECK(contains(error_of([&] { (void)repo.base("", "nonsense"); }), "'nonsense' names no commit"));
}

TEST_CASE("the start ref is the base while it exists") {
  Branched repo;
  const BaseCommit base = repo.base(repo.first);
  CHECK(base.commit->hex() == repo.first);
  CHECK(base.reason == "session-start-ref");
  CHECK_FALSE(base.guessed);
  CHECK(repo.warnings.empty());
}

TEST_CASE("a start ref that is gone is a warning, and the merge base stands in") {
  Branched repo;
  repo.git({"update-ref", "refs/remotes/origin/main", repo.first});
  const BaseCommit base = repo.base(std::string(40, 'a'));
  CHECK(base.commit->hex() == repo.first);
  CHECK(base.reason == "merge base with origin/main");
  CHECK(any_contains(repo.warnings, "is not a commit of this repository"));
}

TEST_CASE("a start ref off the branch is used, with a warning that the branch was rewritten") {
  Branched repo;
  repo.git({"checkout", "-q", "-b", "rewritten", repo.first});
  repo.write("b", "b");
  repo.commit_all("instead");
  CHECK(repo.base(repo.second).commit->hex() == repo.second);
  CHECK(any_contains(repo.warnings, "is no longer on the branch"));
}

TEST_CASE("of a start that was rewritten, what has become of it counts") {
  Branched repo;
  SUBCASE("rebased: the commit that it is now") {
    repo.git({"checkout", "-q", "-b", "rebased", repo.first});
    repo.write("theirs", "theirs");
    repo.commit_all("theirs");
    repo.git({"cherry-pick", repo.second});
    CHECK(repo.base(repo.second).commit->hex() == repo.git({"rev-parse", "HEAD"}));
  }
  SUBCASE("amended: itself, so that what was added is the session's") {
    repo.git({"checkout", "-q", "-b", "amended", repo.second});
    repo.write("more", "more");
    repo.git({"add", "more"});
    repo.git({"commit", "-q", "--amend", "--no-edit"});
    CHECK(repo.base(repo.second).commit->hex() == repo.second);
  }
  CHECK(repo.warnings.empty());
}

TEST_CASE("without a start ref the base is where the branch left the remote's default branch") {
  Branched repo;
  repo.git({"update-ref", "refs/remotes/origin/trunk", repo.first});
  repo.git({"symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk"});
  const BaseCommit base = repo.base("");
  CHECK(base.commit->hex() == repo.first);
  CHECK(contains(base.reason, "merge base with origin/"));
  CHECK(repo.warnings.empty());
}

TEST_CASE("the configured remote is the one that is asked") {
  Branched repo;
  repo.git({"update-ref", "refs/remotes/origin/main", repo.second});
  repo.git({"update-ref", "refs/remotes/upstream/main", repo.first});
  const auto workspace = workspace_of(
      repo, ".claude", {{"remote", "upstream", config::Origin{"local", ".git/config", 0}}});
  const BaseCommit base = choose_base(workspace, {}, "", repo.warnings);
  CHECK(base.commit->hex() == repo.first);
  CHECK(base.reason == "merge base with upstream/main");
}

TEST_CASE("where nothing says, the base is the empty tree, with a warning") {
  Branched repo;
  const BaseCommit base = repo.base("");
  CHECK_FALSE(base.commit);
  CHECK(base.guessed);
  CHECK(any_contains(repo.warnings, "--base REV"));
}

TEST_CASE("an unborn branch starts from the empty tree without a warning") {
  const TempRepo repo;
  std::vector<std::string> warnings;
  const BaseCommit base = choose_base(workspace_of(repo, ".claude"), {}, "", warnings);
  CHECK_FALSE(base.commit);
  CHECK_FALSE(base.guessed);
  CHECK(warnings.empty());
}
