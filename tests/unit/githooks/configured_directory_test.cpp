#include "githooks/call.h"

#include <doctest/doctest.h>

#include "support/scoped_environment.h"
#include "support/temp_repo.h"

using gs::githooks::configured_directory;
using gs::githooks::HookCall;
using gs::test::ScopedEnvironment;
using gs::test::TempRepo;

namespace {

HookCall call_in(const std::string& work_tree, const std::string& git_dir) {
  gs::make_directories(git_dir + "/git-session");
  HookCall call;
  call.work_tree = work_tree;
  call.git_dir = git_dir;
  return call;
}

HookCall call_in(const TempRepo& repo) {
  return call_in(repo.path(), repo.path(".git"));
}

}  // namespace

TEST_CASE(
    "the state directory is found in the repository's own configuration and in an included one") {
  const TempRepo repo;
  const HookCall call = call_in(repo);
  CHECK(configured_directory(call).empty());
  repo.git({"config", "session.state-dir", ".own"});
  CHECK(configured_directory(call) == ".own");
  repo.git({"config", "--unset", "session.state-dir"});
  repo.write("more.config", "[session]\n\tstate-dir = .included\n");
  repo.git({"config", "include.path", "../more.config"});
  CHECK(configured_directory(call) == ".included");
}

TEST_CASE("the user's configuration counts; an empty XDG_CONFIG_HOME is none") {
  const TempRepo repo;
  const HookCall call = call_in(repo);
  const gs::TemporaryDirectory home;
  const ScopedEnvironment home_variable("HOME", home.path());
  const ScopedEnvironment global("GIT_CONFIG_GLOBAL", std::nullopt);
  gs::make_directories(home.path() + "/.config/git");
  gs::write_file_atomically(home.path() + "/.config/git/config",
                            "[session]\n\tstate-dir = .home\n");
  for (const std::optional<std::string>& xdg :
       {std::optional<std::string>(), std::optional<std::string>("")}) {
    const ScopedEnvironment variable("XDG_CONFIG_HOME", xdg);
    CHECK(configured_directory(call) == ".home");
  }
  const ScopedEnvironment elsewhere("XDG_CONFIG_HOME", home.path() + "/none");
  CHECK(configured_directory(call).empty());
}

TEST_CASE("a linked worktree shares the configuration, and may have a file of its own") {
  const TempRepo repo;
  repo.write("a.txt", "a\n");
  repo.commit_all("first");
  repo.git({"worktree", "add", "-q", repo.path("tree")});
  const HookCall call = call_in(repo.path("tree"), repo.path(".git/worktrees/tree"));
  repo.git({"config", "session.state-dir", ".shared"});
  CHECK(configured_directory(call) == ".shared");
  repo.git({"config", "extensions.worktreeConfig", "true"});
  repo.git({"-C", repo.path("tree"), "config", "--worktree", "session.state-dir", ".tree"});
  CHECK(configured_directory(call) == ".tree");
}

TEST_CASE("where no session ever was, nothing is read") {
  const TempRepo repo;
  repo.git({"config", "session.state-dir", ".own"});
  HookCall call;
  call.work_tree = repo.path();
  call.git_dir = repo.path(".git");
  CHECK(configured_directory(call).empty());
}
