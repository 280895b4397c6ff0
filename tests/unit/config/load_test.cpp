#include "config/load.h"

#include <doctest/doctest.h>

#include "formats/errors.h"
#include "support/temp_repo.h"

using namespace gs::config;
using gs::test::contains;
using gs::test::error_of;
using gs::test::TempRepo;

namespace {

SessionConfig load_from(const TempRepo& repo, bool agents_first = false, const Layer& stack = {}) {
  const auto repository = gs::git::Repository::open(repo.path());
  return load(repository, stack, agents_first, gs::git::read_all_config(repository.git()));
}

std::string file_in_use(const TempRepo& repo, bool agents_first) {
  return instruction_file(gs::git::Repository::open(repo.path()), agents_first);
}

}  // namespace

TEST_CASE("an empty repository has the defaults") {
  const TempRepo repo;
  const SessionConfig config = load_from(repo);
  CHECK(config.text("enforcement") == "warn");
  CHECK(config.warnings().empty());
  CHECK(file_in_use(repo, false).empty());
}

TEST_CASE("CLAUDE.md counts before AGENTS.md, the other way round for codex") {
  const TempRepo repo;
  repo.write("AGENTS.md", "## Session Config\nwaves: 2\n");
  CHECK(load_from(repo).integer("waves") == 2);
  CHECK(file_in_use(repo, false) == "AGENTS.md");
  repo.write("CLAUDE.md", "## Session Config\nwaves: 3\n");
  CHECK(load_from(repo).integer("waves") == 3);
  CHECK(load_from(repo, true).integer("waves") == 2);
  CHECK(load_from(repo, true).at("waves").origin.describe() == "AGENTS.md:2");
}

TEST_CASE("each layer overrides the one below it") {
  const TempRepo repo;
  Layer stack;
  stack.settings.push_back({"test-command", "make", {"stack", "Makefile", 0}});
  CHECK(load_from(repo, false, stack).at("test-command").origin.describe() == "stack (Makefile)");
  repo.write("CLAUDE.md", "## Session Config\ntest-command: markdown\n");
  CHECK(load_from(repo, false, stack).text("test-command") == "markdown");
  repo.write(".git-session.toml", "test-command = 'toml'\n");
  CHECK(load_from(repo, false, stack).text("test-command") == "toml");
  repo.write(
      ".orchestrator/policy/quality-gates.json",
      R"({"commands":{"test":{"command":"gates"},"typecheck":{"command":"c"},"lint":{"command":"l"}}})");
  CHECK(load_from(repo, false, stack).text("test-command") == "gates");
  repo.git({"config", "session.test-command", "local"});
  CHECK(load_from(repo, false, stack).text("test-command") == "local");
}

TEST_CASE("git config: a block, a list by --add, and a file that it includes") {
  const TempRepo repo;
  repo.git({"config", "session.vault-sync.mode", "strict"});
  repo.git({"config", "--add", "session.co-author", "A <a@x>"});
  repo.git({"config", "--add", "session.co-author", "B, Jr <b@x>"});
  repo.write(
      ".git/more",
      "[session]\n\tpersistence = no\n\tgrounding-check\n[session \"decide\"]\n\tdrift = fix\n");
  repo.git({"config", "include.path", "more"});
  const SessionConfig config = load_from(repo);
  CHECK(config.text("vault-sync.mode") == "strict");
  CHECK(config.list("co-author") == std::vector<std::string>{"A <a@x>", "B, Jr <b@x>"});
  CHECK_FALSE(config.flag("persistence"));
  CHECK(config.flag("grounding-check"));
  CHECK(config.decision("drift") == "fix");
}

TEST_CASE("a repository cannot bring its own trust along") {
  const TempRepo repo;
  repo.write("CLAUDE.md", "## Session Config\ntrust: always\ndecide.gate: ignore\n");
  repo.write(".git-session.toml", "trust = 'always'\n[decide]\ngate = 'ignore'\n");
  const SessionConfig config = load_from(repo);
  CHECK_FALSE(config.trusts_always());
  CHECK_FALSE(config.decision("gate"));
  CHECK(config.warnings().size() == 4);
  repo.git({"config", "session.trust", "always"});
  CHECK(load_from(repo).trusts_always());
}

TEST_CASE("a broken file is an error with its name; a warning does not stop anything") {
  const TempRepo repo;
  repo.write(".git-session.toml", "waves = \n");
  CHECK(error_of([&] { (void)load_from(repo); }).starts_with(".git-session.toml:1: "));
  repo.write(".git-session.toml", "waves = 4\n");
  repo.write(".orchestrator/policy/quality-gates.json", "{}");
  const SessionConfig config = load_from(repo);
  CHECK(config.integer("waves") == 4);
  CHECK(config.warnings().size() == 1);
}

TEST_CASE("links are followed to files; directories, devices and dangling links do not hang") {
  const TempRepo repo;
  repo.write("AGENTS.md", "## Session Config\nwaves: 2\n");
  REQUIRE(gs::run_process({"ln", "-s", "AGENTS.md", repo.path("CLAUDE.md")}).ok());
  CHECK(load_from(repo).at("waves").origin.describe() == "CLAUDE.md:2");
  REQUIRE(gs::run_process({"ln", "-sfn", "nowhere", repo.path("CLAUDE.md")}).ok());
  CHECK(file_in_use(repo, false) == "AGENTS.md");
  REQUIRE(gs::run_process({"ln", "-sfn", "/dev/zero", repo.path("CLAUDE.md")}).ok());
  CHECK(contains(error_of([&] { (void)load_from(repo); }), "leaves the work tree"));
}
