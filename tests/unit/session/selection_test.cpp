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

 private:
  NoPlatform no_platform_;
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
  for (const char* status : {"active", "paused"}) {
    repo.state(".codex", status);
    CHECK(repo.found() == ".codex");
  }
  for (const char* status : {"completed", "idle"}) {
    repo.state(".codex", status);
    CHECK(repo.found() == ".cursor");
  }
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
    CHECK_MESSAGE(contains(error_of([&] { (void)repo.found(name); }), "is no single name"), name);
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
