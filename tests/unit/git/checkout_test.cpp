#include "git/checkout.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "support/scoped_environment.h"
#include "support/temp_repo.h"

using namespace gs::git;
using gs::real_path;
using gs::test::ScopedEnvironment;
using gs::test::TempRepo;

namespace {

// What git itself says, run in `directory`.
std::string by_git(const TempRepo& repo, const std::string& directory, const char* what) {
  return real_path(repo.git({"-C", directory, "rev-parse", "--path-format=absolute", what}));
}

void compare(const TempRepo& repo, const std::string& directory) {
  CAPTURE(directory);
  const auto git_dir = git_dir_at(directory);
  REQUIRE(git_dir);
  CHECK(real_path(*git_dir) == by_git(repo, directory, "--git-dir"));
  CHECK(real_path(common_dir_of(*git_dir)) == by_git(repo, directory, "--git-common-dir"));
}

}  // namespace

TEST_CASE("a .git directory, also by a symbolic link, is the git directory") {
  const TempRepo repo;
  compare(repo, repo.path());
  CHECK(git_dir_at(repo.path()) == repo.path(".git"));
  CHECK(common_dir_of(repo.path(".git")) == repo.path(".git"));
  repo.write("linked/file", "");
  REQUIRE(symlink("../.git", repo.path("linked/.git").c_str()) == 0);
  compare(repo, repo.path("linked"));
}

TEST_CASE("a .git file names the git directory, absolute or from where it is") {
  const TempRepo repo;
  repo.write("absolute/.git", "gitdir: " + repo.path(".git") + "\n");
  repo.write("relative/.git", "gitdir: ../.git\r\n");
  repo.write("bare/.git", "gitdir: ../.git");
  for (const char* name : {"absolute", "relative", "bare"}) compare(repo, repo.path(name));
}

TEST_CASE("a linked worktree has a git directory of its own, and shares one") {
  const TempRepo repo;
  repo.write("a.txt", "a\n");
  repo.commit_all("first");
  repo.git({"worktree", "add", "-q", "-b", "other", repo.path("tree ")});
  compare(repo, repo.path("tree "));
  const std::string git_dir = *git_dir_at(repo.path("tree "));
  CHECK(checked_out_branch(git_dir) == "other");
  CHECK(path_in_file(git_dir, "gitdir") == repo.path("tree /.git"));
  CHECK_FALSE(path_in_file(git_dir, "no-such-file"));
}

TEST_CASE("a submodule's git directory is below its superproject's") {
  const TempRepo repo;
  repo.write("a.txt", "a\n");
  repo.commit_all("first");
  repo.git({"clone", "-q", repo.path(), repo.path("module")});
  repo.git({"-c", "protocol.file.allow=always", "submodule", "add", "-q", "./module", "sub"});
  compare(repo, repo.path("sub"));
  CHECK(real_path(*git_dir_at(repo.path("sub"))) == real_path(repo.path(".git/modules/sub")));
}

TEST_CASE("no .git, and a .git file that names nothing, are no git directory") {
  const TempRepo repo;
  repo.write("empty/.git", "");
  repo.write("words/.git", "no link\n");
  repo.write("nowhere/.git", "gitdir: \n");
  repo.write("none/file", "");
  for (const char* name : {"empty", "words", "nowhere", "none", "absent"}) {
    CAPTURE(name);
    CHECK_FALSE(git_dir_at(repo.path(name)));
  }
}

TEST_CASE("GIT_DIR counts before what is there, and begins in the work tree") {
  const TempRepo repo;
  CHECK(git_dir_of(repo.path()) == repo.path(".git"));
  const ScopedEnvironment relative("GIT_DIR", "elsewhere.git");
  CHECK(git_dir_of(repo.path()) == repo.path("elsewhere.git"));
  const ScopedEnvironment absolute("GIT_DIR", "/elsewhere.git");
  CHECK(git_dir_of(repo.path()) == "/elsewhere.git");
}

TEST_CASE("a directory lies in the nearest checkout upwards, also where it does not exist") {
  const TempRepo repo;
  repo.write("inner/deep/file", "");
  repo.git({"init", "-q", repo.path("inner")});
  const auto found = find_checkout(repo.path("inner/deep/not/there"));
  REQUIRE(found);
  CHECK(found->work_tree == real_path(repo.path("inner")));
  CHECK(found->git_dir == found->work_tree + "/.git");
  CHECK(find_checkout(repo.path("other"))->work_tree == real_path(repo.path()));
}

TEST_CASE("a branch is known by its former names") {
  const TempRepo repo;
  repo.commit_all("first");
  const std::string git_dir = repo.path(".git");
  repo.git({"checkout", "-q", "-b", "wip"});
  CHECK_FALSE(was_renamed(git_dir, "main", "wip"));
  repo.git({"branch", "-m", "feature/named"});
  repo.git({"checkout", "-q", "-b", "beside"});
  repo.git({"checkout", "-q", "feature/named"});
  repo.git({"branch", "-m", "last"});
  CHECK(was_renamed(git_dir, "wip", "last"));
  CHECK(was_renamed(git_dir, "feature/named", "last"));
  CHECK_FALSE(was_renamed(git_dir, "beside", "last"));
  CHECK_FALSE(was_renamed(git_dir, "wip", "beside"));
  repo.git({"worktree", "add", "-q", "-b", "side", repo.path("../linked")});
  CHECK_FALSE(was_renamed(repo.path(".git/worktrees/linked"), "last", "side"));
}

TEST_CASE("a detached HEAD is not a branch") {
  const TempRepo repo;
  repo.write("a.txt", "a\n");
  repo.commit_all("first");
  CHECK(checked_out_branch(repo.path(".git")) == "main");
  repo.git({"checkout", "-q", "--detach"});
  CHECK_FALSE(checked_out_branch(repo.path(".git")));
}
