#include "session/bootstrap.h"

#include <doctest/doctest.h>

#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::contains;
using gs::test::kNow;
using gs::test::TempRepo;

namespace {

constexpr const char* kLock = ".orchestrator/bootstrap.lock";
constexpr const char* kInstructions = "# Project\n\n## Session Config\n\n- **persistence:** true\n";

std::optional<GateClosed> gate_of(const TempRepo& repo, bool agents_first) {
  Workspace workspace = gs::test::workspace_of(repo, ".orchestrator");
  if (agents_first) workspace.platform = Platform::Codex;
  return check_bootstrap(workspace);
}

std::string reason(const TempRepo& repo, bool agents_first = false) {
  const auto closed = gate_of(repo, agents_first);
  return closed ? closed->reason : "open";
}

}  // namespace

TEST_CASE("the gate is open with a session config and a lock") {
  const TempRepo repo;
  repo.write("CLAUDE.md", kInstructions);
  repo.write(kLock, "version: 1\ntier: fast\n");
  CHECK(reason(repo) == "open");
}

TEST_CASE("a .git-session.toml stands for the session config") {
  const TempRepo repo;
  repo.write(".git-session.toml", "");
  CHECK(reason(repo) == "no-bootstrap-lock");
  repo.write(kLock, render_bootstrap_lock("cli", kNow));
  CHECK(reason(repo) == "open");
}

TEST_CASE("the gate names what is missing") {
  const TempRepo repo;
  CHECK(reason(repo) == "no-claude-md");
  repo.write("CLAUDE.md", " \n\n");
  CHECK(reason(repo) == "no-claude-md");
  repo.write("CLAUDE.md", "# Project\n\nSession Config\n");
  CHECK(reason(repo) == "no-session-config");
  repo.write("CLAUDE.md", kInstructions);
  CHECK(reason(repo) == "no-bootstrap-lock");
}

TEST_CASE("on codex AGENTS.md is what counts") {
  const TempRepo repo;
  repo.write("CLAUDE.md", kInstructions);
  repo.write("AGENTS.md", "nothing\n");
  repo.write(kLock, "version: 1\ntier: fast\n");
  CHECK(reason(repo, true) == "no-session-config");
  CHECK(reason(repo, false) == "open");
}

TEST_CASE("a lock that is no YAML with version and tier is invalid") {
  const TempRepo repo;
  repo.write(".git-session.toml", "");
  for (const char* text : {"", "version: 1\n", "tier: fast\n", "version:\ntier: fast\n", "- a\n",
                           "a: [\n", "version 1, tier fast\n"}) {
    repo.write(kLock, text);
    CHECK_MESSAGE(reason(repo) == "invalid-lock", text);
  }
  const auto closed = gate_of(repo, false);
  CHECK(contains(closed->detail, kLock));
}
