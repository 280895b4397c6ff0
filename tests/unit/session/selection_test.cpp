#include "session/selection.h"
#include "session/state_directory.h"

#include <doctest/doctest.h>

#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::contains;
using gs::test::error_of;
using gs::test::NoPlatform;
using gs::test::ScopedEnvironment;
using gs::test::state_text;
using gs::test::TempRepo;

namespace {

class StatesRepo : public TempRepo {
 public:
  StatesRepo() {
    write("a", "a");
    commit_all("base");
  }
  void state(const std::string& directory, const std::string& status,
             const std::string& branch = "main") const {
    write(directory + "/STATE.md",
          state_text({.branch = branch, .status = status, .session = "of-" + directory}));
  }
  [[nodiscard]] std::string found(const std::optional<std::string>& configured = {}) const {
    return select_session(git::Repository::open(path()), {.state_dir = configured}, true)
        .directory.bytes();
  }

  [[nodiscard]] Selected select(const Selection& selection = {}, bool tracked = true) const {
    return select_session(git::Repository::open(path()), selection, tracked);
  }
  // A private one of this work tree, with what `header` adds to its STATE.md.
  void private_state(const std::string& id, const std::string& header = "",
                     const std::string& branch = "main") const {
    std::string text = state_text({.branch = branch, .session = id});
    text.insert(4, header);
    write(".git/git-session/sessions/" + id + "/STATE.md", text);
    write(".git/git-session/sessions/" + id + "/worktree", ".\n");
  }
  void private_paused(const std::string& id, const std::string& since) const {
    std::string text = state_text({.status = "paused", .session = id});
    text.insert(4, "paused_at: " + since + "\n");
    write(".git/git-session/sessions/" + id + "/STATE.md", text);
    write(".git/git-session/sessions/" + id + "/worktree", ".\n");
  }
  [[nodiscard]] std::string private_directory(const std::string& id) const {
    return path(".git/git-session/sessions/" + id);
  }

 private:
  NoPlatform no_platform_;
  ScopedEnvironment session_{"GIT_SESSION", std::nullopt};
  ScopedEnvironment claude_{"CLAUDE_CODE_SESSION_ID", std::nullopt};
  ScopedEnvironment codex_{"CODEX_THREAD_ID", std::nullopt};
  ScopedEnvironment copilot_{"COPILOT_AGENT_SESSION_ID", std::nullopt};
};

}  // namespace

TEST_CASE("nothing in use: the state directory is .orchestrator") {
  const StatesRepo repo;
  CHECK(repo.found() == ".orchestrator");
}

TEST_CASE("the first state directory that exists is taken") {
  const StatesRepo repo;
  repo.write(".pi/x", "");
  CHECK(repo.found() == ".pi");
  repo.write(".codex/x", "");
  CHECK(repo.found() == ".codex");
  repo.write(".claude", "a file\n");
  CHECK(repo.found() == ".codex");
}

TEST_CASE("the running platform outranks what exists") {
  const StatesRepo repo;
  repo.write(".claude/x", "");
  const ScopedEnvironment platform("SO_PLATFORM", "cursor");
  CHECK(repo.found() == ".cursor");
}

TEST_CASE("an active session outranks the running platform") {
  const StatesRepo repo;
  const ScopedEnvironment platform("SO_PLATFORM", "cursor");
  repo.state(".codex", "active");
  CHECK(repo.found() == ".codex");
  for (const char* status : {"completed", "idle", "paused"}) {
    repo.state(".codex", status);
    CHECK(repo.found() == ".cursor");
  }
}

TEST_CASE("a paused session is chosen by its name alone, and listed") {
  const StatesRepo repo;
  repo.state(".codex", "paused");
  repo.private_paused("late", "2026-03-02T09:00:00Z");
  repo.private_paused("early", "2026-03-02T08:00:00Z");
  Selected selected = repo.select({}, false);
  CHECK(selected.directory.bytes() == repo.path(".git/git-session/sessions"));
  REQUIRE(selected.paused.size() == 3);
  CHECK(selected.paused[0].id == "late");
  CHECK(selected.paused[1].id == "early");
  CHECK(selected.paused[2].id == "of-.codex");
  selected = repo.select({.session = "early"}, false);
  CHECK(selected.directory.bytes() == repo.private_directory("early"));
  CHECK_FALSE(selected.tracked);
  selected = repo.select({.session = "of-.codex"}, false);
  CHECK(selected.directory.bytes() == ".codex");
  CHECK(selected.tracked);
  // The one at work is the branch's only one.
  repo.private_state("working");
  CHECK(repo.select().directory.bytes() == repo.private_directory("working"));
}

TEST_CASE("a tracked session that is kept out of the tree stays a tracked one") {
  const StatesRepo repo;
  repo.write(".git/git-session/paused/away/STATE.md",
             state_text({.status = "paused", .session = "away"}));
  repo.write(".git/git-session/paused/away/worktree", ".\n");
  repo.write(".git/git-session/paused/away/directory", ".codex\n");
  Selected selected = repo.select({.session = "away"}, false);
  CHECK(selected.directory.bytes() == repo.path(".git/git-session/paused/away"));
  CHECK(selected.tracked);
  CHECK(selected.tracked_directory == ".codex");
  // What a kill has left in both places is one session.
  repo.write(".codex/STATE.md", state_text({.status = "paused", .session = "away"}));
  selected = repo.select({}, false);
  REQUIRE(selected.paused.size() == 1);
  CHECK(selected.paused[0].directory.bytes() == ".codex");
}

TEST_CASE("of two active sessions the running platform's is ours") {
  const StatesRepo repo;
  repo.state(".claude", "active");
  repo.state(".codex", "active");
  CHECK(repo.found() == ".claude");
  const ScopedEnvironment platform("CODEX_PLUGIN_ROOT", "/x");
  CHECK(repo.found() == ".codex");
}

TEST_CASE("a session whose close is unfinished goes on, though STATE.md says completed") {
  const StatesRepo repo;
  repo.state(".claude", "active");
  repo.state(".codex", "completed");
  repo.write(".git/git-session/close/journal.jsonl", "{\"session\":\"of-.codex\"}\n");
  CHECK(repo.found() == ".codex");
}

TEST_CASE("a session of another branch counts only when nothing else says") {
  const StatesRepo repo;
  repo.state(".codex", "active", "other");
  CHECK(repo.found() == ".codex");
  repo.state(".pi", "active");
  CHECK(repo.found() == ".pi");
  const ScopedEnvironment platform("SO_PLATFORM", "claude");
  repo.remove(".pi/STATE.md");
  CHECK(repo.found() == ".claude");
}

TEST_CASE("a STATE.md that cannot be read is no active one, and no error here") {
  const StatesRepo repo;
  repo.write(".claude/STATE.md", "notes of a person\n");
  repo.state(".codex", "active");
  CHECK(repo.found() == ".codex");
}

TEST_CASE("a configured state directory is obeyed, and must be one name") {
  const StatesRepo repo;
  repo.state(".codex", "active");
  CHECK(repo.found(".cursor") == ".cursor");
  CHECK(repo.found("state/") == "state");
  for (const char* name : {"", "a/b", "/tmp", ".", "..", "../x"}) {
    CHECK_MESSAGE(contains(error_of([&] { (void)repo.found(name); }), "is not a single name"),
                  name);
  }
  CHECK(contains(error_of([&] { (void)repo.found(".git"); }), "'.git' is git's own"));
}

TEST_CASE("the platform is told from the environment") {
  const NoPlatform none;
  CHECK(running_platform() == Platform::None);
  CHECK(platform_name(running_platform()) == "git-session");
  {
    const ScopedEnvironment variable("CLAUDECODE", "1");
    CHECK(running_platform() == Platform::Claude);
    const ScopedEnvironment named("SO_PLATFORM", "pi");
    CHECK(running_platform() == Platform::Pi);
  }
  {
    const ScopedEnvironment variable("CURSOR_RULES_DIR", "/x");
    CHECK(running_platform() == Platform::Cursor);
    const ScopedEnvironment unknown("SO_PLATFORM", "toaster");
    CHECK(running_platform() == Platform::Cursor);
  }
  const ScopedEnvironment empty("CLAUDE_PLUGIN_ROOT", "");
  CHECK(running_platform() == Platform::None);
}

TEST_CASE("--session names a session by id or by name, whatever else would decide") {
  const StatesRepo repo;
  repo.state(".claude", "active");
  repo.private_state("p1", "name: login\n");
  repo.private_state("p2", "", "other");
  const ScopedEnvironment platform("SO_PLATFORM", "claude");
  const ScopedEnvironment bound("GIT_SESSION", "of-.claude");
  CHECK(repo.select({.session = "p1"}).directory.bytes() == repo.private_directory("p1"));
  CHECK(repo.select({.session = "login"}).directory.bytes() == repo.private_directory("p1"));
  CHECK(repo.select({.session = "p2"}).directory.bytes() == repo.private_directory("p2"));
  CHECK(repo.select({.session = "of-.claude"}).directory == RepoPath(".claude"));
  CHECK(repo.select({.state_dir = ".pi", .session = "p1"}).directory.bytes() ==
        repo.private_directory("p1"));
}

TEST_CASE("a session that is not open is refused, and those that are open are named") {
  const StatesRepo repo;
  CHECK(contains(error_of([&] { (void)repo.select({.session = "x"}); }), "'git session start'"));
  repo.private_state("p1");
  repo.state(".claude", "completed");
  for (const char* name : {"p", "P1", "p1/", "../sessions/p1", "", "of-.claude"}) {
    const std::string error = error_of([&] { (void)repo.select({.session = name}); });
    CHECK_MESSAGE(contains(error, "no session '" + std::string(name) + "' is open"), name);
    CHECK_MESSAGE(contains(error, "'p1'"), name);
  }
  CHECK(contains(error_of([&] { (void)repo.select({.session = "p"}); }), "did you mean 'p1'?"));
  CHECK(contains(error_of([&] { (void)repo.select({.session = "of-.claude"}); }), "open: 'p1'"));
}

TEST_CASE("one that may be over is reported missing, and no other session is taken for it") {
  const StatesRepo repo;
  repo.state(".claude", "active");
  for (const bool tracked : {true, false}) {
    const Selected selected = repo.select({.session = "gone", .may_be_over = true}, tracked);
    CHECK(selected.missing == "gone");
    CHECK_FALSE(selected.directory.inside());
    CHECK_FALSE(file_info(selected.directory.child("STATE.md").bytes()));
  }
  const Selected open = repo.select({.session = "of-.claude", .may_be_over = true});
  CHECK(open.missing.empty());
  CHECK(open.directory == RepoPath(".claude"));
}

TEST_CASE("GIT_SESSION decides, and an empty one does not") {
  const StatesRepo repo;
  repo.private_state("p1", "name: login\n");
  repo.private_state("p2", "", "other");
  {
    const ScopedEnvironment bound("GIT_SESSION", "p2");
    CHECK(repo.select().directory.bytes() == repo.private_directory("p2"));
  }
  {
    const ScopedEnvironment bound("GIT_SESSION", "gone");
    const Selected selected = repo.select();
    CHECK(selected.missing == "gone");
    CHECK(selected.directory.bytes() == repo.path(".git/git-session/sessions"));
  }
  const ScopedEnvironment bound("GIT_SESSION", "");
  CHECK(repo.select().directory.bytes() == repo.private_directory("p1"));
}

TEST_CASE("of several sessions of a branch the agent's own is taken") {
  const StatesRepo repo;
  repo.private_state("p1", "agent: one\n");
  repo.private_state("p2", "agent: two\n");
  repo.private_state("p3");
  for (const char* variable :
       {"CLAUDE_CODE_SESSION_ID", "CODEX_THREAD_ID", "COPILOT_AGENT_SESSION_ID"}) {
    const ScopedEnvironment agent(variable, "two");
    CHECK_MESSAGE(repo.select().directory.bytes() == repo.private_directory("p2"), variable);
    CHECK(repo.select().equal.empty());
  }
  const ScopedEnvironment stranger("CODEX_THREAD_ID", "three");
  CHECK(repo.select().equal.size() == 3);
  // Outside of an agent no session without one is taken for ours.
  const ScopedEnvironment none("CODEX_THREAD_ID", "");
  CHECK(repo.select().equal.size() == 3);
}

TEST_CASE("GIT_SESSION outranks the agent") {
  const StatesRepo repo;
  repo.private_state("p1", "agent: one\n");
  repo.private_state("p2", "agent: two\n");
  const ScopedEnvironment agent("CODEX_THREAD_ID", "two");
  const ScopedEnvironment bound("GIT_SESSION", "p1");
  CHECK(repo.select().directory.bytes() == repo.private_directory("p1"));
}

TEST_CASE("several sessions that nothing decides between are all given") {
  const StatesRepo repo;
  repo.private_state("p1");
  repo.private_state("p2");
  repo.private_state("p3", "", "other");
  const Selected selected = repo.select();
  REQUIRE(selected.equal.size() == 2);
  CHECK(selected.equal[0].id == "p1");
  CHECK(selected.equal[1].id == "p2");
  CHECK(selected.missing.empty());
}

TEST_CASE("a private session of another worktree is not this one's") {
  const StatesRepo repo;
  repo.private_state("p1");
  repo.write(".git/git-session/sessions/p1/worktree", "side\n");
  CHECK(repo.select({}, false).directory.bytes() == repo.path(".git/git-session/sessions"));
  CHECK_FALSE(error_of([&] { (void)repo.select({.session = "p1"}); }).empty());
}
