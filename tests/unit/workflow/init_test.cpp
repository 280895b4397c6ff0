#include "workflow/init.h"

#include <doctest/doctest.h>

#include "config/layer.h"
#include "git/config/values.h"
#include "session/bootstrap.h"
#include "support/scoped_environment.h"
#include "workflow_fixture.h"

using namespace gs;
using namespace gs::workflow;
using gs::test::contains;
using gs::test::error_of;
using gs::test::TempRepo;

namespace {

class InitRepo : public TempRepo {
 public:
  [[nodiscard]] InitResult run(const InitRequest& request = {.tracked = true}) const {
    return workflow::init(git::Repository::open(path()), request, test::FixedClock());
  }
  [[nodiscard]] bool has(const std::string& name) const {
    return file_info(path(name)).has_value();
  }
  [[nodiscard]] bool gate_is_open() const {
    return !session::check_bootstrap(test::workspace_of(*this, ".orchestrator"));
  }

 private:
  test::NoPlatform no_platform_;
};

std::vector<std::string> actions_of(const InitResult& result) {
  std::vector<std::string> actions;
  for (const InitAction& action : result.actions) {
    actions.push_back(action.action + " " + action.file);
  }
  return actions;
}

using Actions = std::vector<std::string>;

}  // namespace

TEST_CASE("a repository gets a readable TOML with the stack's commands, and the lock") {
  const InitRepo repo;
  const TemporaryDirectory programs;
  write_file_unsynced(join_path(programs.path(), "cargo"), "#!/bin/sh\n", 0777);
  const test::ScopedEnvironment path(
      "PATH", programs.path() + ":" + environment_variable("PATH").value_or("/usr/bin:/bin"));
  repo.write("Cargo.toml", "[package]\nname = \"a\"\n");
  const InitResult result = repo.run();
  CHECK(actions_of(result) == Actions{"created .git-session.toml", "created .gitattributes",
                                      "created .orchestrator/.gitignore",
                                      "created .orchestrator/bootstrap.lock"});
  CHECK(result.tracked);
  REQUIRE(result.stack);
  CHECK(result.stack->name == "cargo");

  const config::Layer layer =
      config::read_toml_layer(repo.read(".git-session.toml"), ".git-session.toml");
  REQUIRE_FALSE(layer.settings.empty());
  CHECK(layer.settings.front().key == "test-command");
  CHECK(layer.settings.front().value == *result.stack->test);
  CHECK(repo.read(".git-session.toml").starts_with("# "));
  CHECK(contains(repo.read(".orchestrator/bootstrap.lock"), "version: 1\n"));
  CHECK(contains(repo.read(".orchestrator/bootstrap.lock"), "archetype: cargo\n"));
  CHECK(repo.gate_is_open());
}

TEST_CASE("where nothing is found the TOML says so and sets nothing") {
  const InitRepo repo;
  const InitResult result = repo.run();
  CHECK_FALSE(result.stack);
  const std::string text = repo.read(".git-session.toml");
  CHECK(contains(text, "# test-command = "));
  CHECK(config::read_toml_layer(text, "t").settings.empty());
  CHECK(repo.gate_is_open());
}

TEST_CASE("another way to test is in the file as a comment") {
  const InitRepo repo;
  repo.write("Cargo.toml", "[package]\nname = \"a\"\n");
  repo.write("Makefile", "check:\n\tcargo test\n");
  (void)repo.run();
  CHECK(contains(repo.read(".git-session.toml"),
                 "# test-command = \"make check\"   # the other way, from Makefile\n"));
}

TEST_CASE("a section that has everything is not said to lack nothing where no command is set") {
  const InitRepo repo;
  repo.write("CLAUDE.md", "# P\n");
  (void)repo.run({});
  CHECK(repo.run({}).actions.front().detail ==
        "nothing to add; not set: test-command, typecheck-command, lint-command");
}

TEST_CASE("a second run keeps everything") {
  const InitRepo repo;
  repo.write("Cargo.toml", "[package]\nname = \"a\"\n");
  (void)repo.run();
  const std::string toml = repo.read(".git-session.toml");
  const std::string lock = repo.read(".orchestrator/bootstrap.lock");
  CHECK(actions_of(repo.run()) == Actions{"kept .git-session.toml", "kept .gitattributes",
                                          "kept .orchestrator/.gitignore",
                                          "kept .orchestrator/bootstrap.lock"});
  CHECK(repo.read(".git-session.toml") == toml);
  CHECK(repo.read(".orchestrator/bootstrap.lock") == lock);
}

TEST_CASE("an instruction file is completed instead of a TOML file being made") {
  const InitRepo repo;
  repo.write("CLAUDE.md", "# Project\n");
  repo.write("Cargo.toml", "[package]\nname = \"a\"\n");
  CHECK(actions_of(repo.run()) == Actions{"completed CLAUDE.md", "created .gitattributes",
                                          "created .orchestrator/.gitignore",
                                          "created .orchestrator/bootstrap.lock"});
  CHECK_FALSE(repo.has(".git-session.toml"));
  CHECK(contains(repo.read("CLAUDE.md"), "# Project\n\n## Session Config\n"));
  CHECK(repo.gate_is_open());
  CHECK(actions_of(repo.run({})) == Actions{"kept CLAUDE.md", "kept .orchestrator/bootstrap.lock"});
}

TEST_CASE("private sessions need the configuration alone") {
  const InitRepo repo;
  repo.write("Cargo.toml", "[package]\nname = \"a\"\n");
  const InitResult result = repo.run({});
  CHECK_FALSE(result.tracked);
  CHECK(actions_of(result) == Actions{"created .git-session.toml"});
  CHECK_FALSE(repo.has(".orchestrator"));
  CHECK_FALSE(repo.has(".gitattributes"));
}

TEST_CASE("a clone is set up in git's configuration, which takes no command from the tree") {
  const InitRepo repo;
  repo.write("Cargo.toml", "[package]\nname = \"a\"\n");
  CHECK(actions_of(repo.run({.local = true})) == Actions{"completed git config"});
  CHECK(actions_of(repo.run({.local = true})) == Actions{"kept git config"});
  CHECK_FALSE(repo.has(".git-session.toml"));
  const auto values = git::configuration(git::Repository::open(repo.path()));
  CHECK(git::last_value(values, "session.records") == "private");
  CHECK_FALSE(git::last_value(values, "session.test-command"));
}

TEST_CASE("the home that the configuration names is not changed in passing") {
  const InitRepo repo;
  repo.write(".git-session.toml", "records = \"private\"\n");
  const std::string refusal = error_of([&] { (void)repo.run({.tracked = true}); });
  CHECK(contains(refusal, "records is 'private' (.git-session.toml:1)"));
  CHECK(contains(refusal, "git session records move --to tracked"));
  CHECK_FALSE(repo.has(".orchestrator"));
}

TEST_CASE("codex reads AGENTS.md, so that is the one to complete") {
  const InitRepo repo;
  const test::ScopedEnvironment codex("SO_PLATFORM", "codex");
  repo.write("CLAUDE.md", "# C\n");
  repo.write("AGENTS.md", "# A\n");
  CHECK(actions_of(repo.run()).front() == "completed AGENTS.md");
  CHECK(repo.read("CLAUDE.md") == "# C\n");
}

TEST_CASE("a TOML file that is there is a person's: neither it nor CLAUDE.md is touched") {
  const InitRepo repo;
  repo.write("CLAUDE.md", "# C\n");
  repo.write(".git-session.toml", "# mine\n");
  CHECK(actions_of(repo.run()).front() == "kept .git-session.toml");
  CHECK(repo.read("CLAUDE.md") == "# C\n");
  CHECK(repo.read(".git-session.toml") == "# mine\n");
}

TEST_CASE("a lock that lacks something gets just that") {
  const InitRepo repo;
  repo.write(".orchestrator/bootstrap.lock", "tier: deep\narchetype: mine");
  CHECK(actions_of(repo.run()).back() == "completed .orchestrator/bootstrap.lock");
  CHECK(repo.read(".orchestrator/bootstrap.lock") == "tier: deep\narchetype: mine\nversion: 1\n");
  CHECK(repo.gate_is_open());
}

TEST_CASE("an empty lock is written anew") {
  const InitRepo repo;
  repo.write(".orchestrator/bootstrap.lock", "");
  CHECK(actions_of(repo.run()).back() == "completed .orchestrator/bootstrap.lock");
  CHECK(repo.gate_is_open());
}

TEST_CASE("a lock that nobody can complete stops init before it writes anything") {
  for (const char* lock : {"- a list\n", "version: [1\n", "version:\ntier: fast\n"}) {
    const InitRepo repo;
    repo.write(".orchestrator/bootstrap.lock", lock);
    const std::string error = error_of([&] { (void)repo.run(); });
    CHECK(contains(error, ".orchestrator/bootstrap.lock"));
    CHECK(contains(error, "| move "));
    CHECK_FALSE(repo.has(".git-session.toml"));
    CHECK(repo.read(".orchestrator/bootstrap.lock") == lock);
  }
}
