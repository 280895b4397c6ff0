#include "git/temporary_worktree.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "base/error.h"
#include "base/process/process.h"
#include "git/refs.h"
#include "support/scoped_environment.h"
#include "support/temp_repo.h"

using gs::file_info;
using gs::join_path;
using gs::git::Repository;
using gs::git::TemporaryWorktree;
using gs::test::ScopedEnvironment;
using gs::test::TempRepo;

namespace {

std::string git_in(const std::string& directory, std::vector<std::string> args) {
  args.insert(args.begin(), {"git", "-C", directory});
  const gs::ProcessResult result = gs::run_process(args);
  CHECK_MESSAGE(result.ok(), result.err);
  return result.out;
}

gs::git::ObjectId tree_of(const TempRepo& repo, const std::string& revision) {
  return gs::git::ObjectId::parse(repo.git({"rev-parse", revision + "^{tree}"})).value();
}

// Everything of a repository that must not change.
std::string refs_and_index(const TempRepo& repo) {
  return repo.git({"for-each-ref"}) + repo.git({"ls-files", "--stage"}) +
         repo.git({"worktree", "list"}) + repo.git({"symbolic-ref", "HEAD"});
}

}  // namespace

TEST_CASE("a temporary worktree has exactly the tree, at the commit of the repository") {
  const TempRepo repo;
  repo.write("a", "one\n");
  repo.write("b/c", "two\n");
  const std::string head = repo.commit_all("first");
  repo.git({"tag", "-a", "-m", "one", "v1"});
  repo.write("a", "three\n");
  repo.write("new", "new\n");
  repo.git({"add", "a", "new"});
  const auto tree = gs::git::ObjectId::parse(repo.git({"write-tree"})).value();
  repo.git({"reset", "-q"});
  const std::string before = refs_and_index(repo);
  std::string path;
  {
    const TemporaryWorktree worktree(Repository::open(repo.path()), tree);
    path = worktree.path();
    CHECK(path.substr(path.rfind('/')) == repo.path().substr(repo.path().rfind('/')));
    CHECK(gs::read_file(join_path(path, "a")) == "three\n");
    CHECK(gs::read_file(join_path(path, "b/c")) == "two\n");
    CHECK(git_in(path, {"ls-files"}) == "a\nb/c\nnew\n");
    CHECK(git_in(path, {"status", "--porcelain"}) == "M  a\nA  new\n");
    CHECK(git_in(path, {"describe", "--dirty"}) == "v1-dirty\n");
    CHECK(git_in(path, {"rev-parse", "HEAD"}) == head + "\n");
  }
  CHECK_FALSE(file_info(gs::parent_directory(path)));
  CHECK(refs_and_index(repo) == before);
  CHECK_FALSE(file_info(repo.path(".git/worktrees")));
}

TEST_CASE("no hook runs for it, and an unborn branch has one too") {
  const TempRepo repo;
  repo.write("a", "one\n");
  repo.git({"add", "a"});
  const auto tree = gs::git::ObjectId::parse(repo.git({"write-tree"})).value();
  for (const char* hook : {"post-checkout", "post-index-change", "reference-transaction"}) {
    repo.write(std::string(".git/hooks/") + hook, "#!/bin/sh\ntouch '" + repo.path("ran") + "'\n");
    chmod(repo.path(std::string(".git/hooks/") + hook).c_str(), 0755);
  }
  const TemporaryWorktree worktree(Repository::open(repo.path()), tree);
  CHECK(git_in(worktree.path(), {"diff", "--cached", "--name-only", "HEAD"}) == "a\n");
  CHECK_FALSE(file_info(repo.path("ran")));
}

TEST_CASE("it has the files of the sparse patterns") {
  const TempRepo repo;
  repo.write("in/a", "");
  repo.write("out/b", "");
  repo.commit_all("first");
  repo.git({"sparse-checkout", "set", "in"});
  const TemporaryWorktree worktree(Repository::open(repo.path()), tree_of(repo, "HEAD"));
  CHECK(file_info(join_path(worktree.path(), "in/a")));
  CHECK_FALSE(file_info(join_path(worktree.path(), "out")));
  CHECK(git_in(worktree.path(), {"status", "--porcelain"}).empty());
}

TEST_CASE("it is in the user's cache directory, and never in the work tree") {
  const ScopedEnvironment home("HOME", "/home/person");
  const ScopedEnvironment temporary("TMPDIR", "/var/tmp");
  {
    const ScopedEnvironment cache("XDG_CACHE_HOME", "/cache");
    CHECK(gs::git::directory_of_temporary_worktrees("/repo") == "/cache/git-session/gates");
  }
  const ScopedEnvironment cache("XDG_CACHE_HOME", std::nullopt);
  CHECK(gs::git::directory_of_temporary_worktrees("/repo") ==
        "/home/person/.cache/git-session/gates");
  CHECK(gs::git::directory_of_temporary_worktrees("/home/person") ==
        "/var/tmp/git-session-" + std::to_string(geteuid()) + "/git-session/gates");
}

TEST_CASE("in a directory that all users share, only one of our own is used") {
  const TempRepo repo;
  repo.write("a", "one\n");
  repo.commit_all("first");
  const gs::TemporaryDirectory shared;
  const ScopedEnvironment home("HOME", std::nullopt);
  const ScopedEnvironment cache("XDG_CACHE_HOME", std::nullopt);
  const ScopedEnvironment temporary("TMPDIR", shared.path());
  const Repository repository = Repository::open(repo.path());
  const std::string own = join_path(shared.path(), "git-session-" + std::to_string(geteuid()));
  {
    const TemporaryWorktree worktree(repository, tree_of(repo, "HEAD"));
    CHECK(worktree.path().starts_with(own + "/"));
    CHECK(gs::git::is_temporary_worktree(worktree.path()));
    // No session is looked for there.
    CHECK(gs::git::list_worktrees(repository).size() == 1);
  }
  REQUIRE(chmod(own.c_str(), 0777) == 0);
  CHECK_THROWS_AS(TemporaryWorktree(repository, tree_of(repo, "HEAD")), gs::Error);
}

TEST_CASE("what a killed process left is removed, and what links in it lead to stays") {
  const TempRepo repo;
  repo.write("a", "one\n");
  repo.commit_all("first");
  const Repository repository = Repository::open(repo.path());
  gs::make_directories(repo.path("node_modules"));
  repo.write("node_modules/kept", "");
  std::string path;
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const TemporaryWorktree worktree(repository, tree_of(repo, "HEAD"));
    const std::string& at = worktree.path();
    (void)symlink(repo.path("node_modules").c_str(), join_path(at, "node_modules").c_str());
    gs::make_directories(join_path(at, "closed"));
    gs::write_file_unsynced(join_path(at, "closed/file"), "");
    chmod(join_path(at, "closed").c_str(), 0500);
    gs::write_file_unsynced(repo.path("where"), at);
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
  path = repo.read("where");
  REQUIRE(file_info(path));

  // One that is in use stays.
  const TemporaryWorktree other(repository, tree_of(repo, "HEAD"));
  // A note that names another directory removes nothing.
  repo.write(".git/git-session/gate-trees/.git-session-999999999-0.tmp", repo.path("node_modules"));
  gs::git::remove_stale_worktrees(repository);
  CHECK_FALSE(file_info(gs::parent_directory(path)));
  CHECK(file_info(join_path(other.path(), "a")));
  CHECK(file_info(repo.path("node_modules/kept")));
  CHECK(gs::list_directory(repo.path(".git/worktrees")).size() == 1);
  CHECK(gs::list_directory(repo.path(".git/git-session/gate-trees")).size() == 1);
}

TEST_CASE("a tree that cannot be checked out is an error with git's words, and leaves nothing") {
  const TempRepo repo;
  repo.write("a", "one\n");
  repo.write(".gitattributes", "a filter=gone\n");
  repo.commit_all("first");
  repo.git({"config", "filter.gone.required", "true"});
  repo.git({"config", "filter.gone.smudge", "false"});
  const Repository repository = Repository::open(repo.path());
  CHECK_THROWS_AS(TemporaryWorktree(repository, tree_of(repo, "HEAD")), gs::Error);
  CHECK(gs::list_directory(repo.path(".git/git-session/gate-trees")).empty());
  CHECK_FALSE(file_info(repo.path(".git/worktrees")));
}
