#include "session/workspace.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::NoPlatform;
using gs::test::ScopedEnvironment;
using gs::test::TempRepo;

namespace {

class InDirectory {
 public:
  explicit InDirectory(const std::string& path) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(path);
  }
  InDirectory(const InDirectory&) = delete;
  InDirectory& operator=(const InDirectory&) = delete;
  ~InDirectory() {
    std::error_code ignored;
    std::filesystem::current_path(before_, ignored);
  }

 private:
  std::filesystem::path before_;
};

}  // namespace

TEST_CASE("a workspace is opened from anywhere in the tree, with all that decides") {
  const NoPlatform none;
  const TempRepo repo;
  repo.write("Makefile", "test:\n");
  repo.write("CLAUDE.md", "## Session Config\n\n- **enforcement:** strict\n");
  repo.write(".cursor/STATE.md", "");
  repo.write("deep/er/x", "");
  repo.git({"config", "session.remote", "upstream"});
  const InDirectory inside(repo.path("deep/er"));
  const Workspace workspace = open_workspace();
  CHECK(workspace.repository.work_tree() == repo.path());
  CHECK(workspace.stack->name == "make");
  CHECK(workspace.config.text("test-command") == "make test");
  CHECK(workspace.config.text("enforcement") == "strict");
  CHECK(workspace.config.text("remote") == "upstream");
  CHECK(workspace.state_directory.bytes() == ".cursor");
  CHECK(workspace.state_file() == RepoPath(".cursor/STATE.md"));
  CHECK(workspace.state_file() == FilePlace(RepoPath(".cursor/STATE.md")));
  CHECK(workspace.own_path("close") == repo.path(".git/git-session/close"));
}

TEST_CASE("the state directory comes from the option, else from git config") {
  const NoPlatform none;
  const TempRepo repo;
  repo.git({"config", "session.state-dir", ".pi"});
  const InDirectory inside(repo.path());
  CHECK(open_workspace().state_directory.bytes() == ".pi");
  CHECK(open_workspace({.state_dir = ".codex"}).state_directory.bytes() == ".codex");
}

TEST_CASE("on codex AGENTS.md is read first") {
  const NoPlatform none;
  const TempRepo repo;
  repo.write("CLAUDE.md", "## Session Config\n\n- **remote:** claude\n");
  repo.write("AGENTS.md", "## Session Config\n\n- **remote:** agents\n");
  const InDirectory inside(repo.path());
  CHECK(open_workspace().config.text("remote") == "claude");
  const ScopedEnvironment platform("SO_PLATFORM", "codex");
  CHECK(open_workspace().config.text("remote") == "agents");
}
