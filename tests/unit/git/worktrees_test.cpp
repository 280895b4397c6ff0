#include <doctest/doctest.h>

#include "git/refs.h"
#include "support/temp_repo.h"

using gs::git::list_worktrees;
using gs::git::Repository;
using gs::test::TempRepo;

TEST_CASE("all worktrees that exist are listed, from wherever one asks") {
  TempRepo repo;
  repo.commit_all("first");
  repo.git({"worktree", "add", "-q", "--detach", "../one two"});
  repo.git({"worktree", "add", "-q", "../gone"});
  gs::remove_tree(repo.path("../gone"));
  const std::string linked = gs::real_path(repo.path("../one two"));
  for (const std::string& from : {repo.path(), linked}) {
    const auto worktrees = list_worktrees(Repository::open(from));
    REQUIRE(worktrees.size() == 2);
    CHECK(worktrees[0].work_tree == repo.path());
    CHECK(worktrees[0].git_dir == repo.path(".git"));
    CHECK(worktrees[1].work_tree == linked);
    CHECK(worktrees[1].git_dir == Repository::open(linked).git_dir());
  }
}

TEST_CASE("a bare repository's linked worktrees are listed, and it is none") {
  TempRepo repo;
  repo.commit_all("first");
  repo.git({"clone", "-q", "--bare", ".", "../bare"});
  repo.git({"clone", "-q", "--bare", ".", "../other/.git"});
  for (const std::string bare : {"../bare", "../other/.git"}) {
    const std::string linked = repo.path(bare + "-linked");
    repo.git({"-C", bare, "worktree", "add", "-q", linked, "-b", "linked"});
    const auto worktrees = list_worktrees(Repository::open(linked));
    REQUIRE(worktrees.size() == 1);
    CHECK(worktrees[0].work_tree == gs::real_path(linked));
  }
}

TEST_CASE("a submodule's main worktree is where it is checked out") {
  TempRepo library;
  library.commit_all("library");
  TempRepo repo;
  repo.git({"submodule", "add", "-q", library.path(), "lib"});
  repo.git({"-C", "lib", "worktree", "add", "-q", "../../linked"});
  for (const std::string& from : {repo.path("lib"), repo.path("../linked")}) {
    const auto worktrees = list_worktrees(Repository::open(from));
    REQUIRE(worktrees.size() == 2);
    CHECK(worktrees[0].work_tree == repo.path("lib"));
    CHECK(worktrees[0].git_dir == repo.path(".git/modules/lib"));
  }
}
