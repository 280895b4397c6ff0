#include "git/repository.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "base/error.h"
#include "git/status/status.h"
#include "git/typed_path.h"
#include "support/scoped_environment.h"
#include "support/temp_repo.h"

using gs::Error;
using gs::RepoPath;
using gs::git::Operation;
using gs::git::Repository;
using gs::test::ScopedEnvironment;
using gs::test::TempRepo;

namespace {

Error error_of_open(const std::string& directory) {
  try {
    static_cast<void>(Repository::open(directory));
  } catch (const Error& error) {
    return error;
  }
  return gs::fatal("no error");
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

class CurrentDirectory {
 public:
  explicit CurrentDirectory(const std::string& path) : before_(gs::real_path(".")) {
    REQUIRE(chdir(path.c_str()) == 0);
  }
  CurrentDirectory(const CurrentDirectory&) = delete;
  CurrentDirectory& operator=(const CurrentDirectory&) = delete;
  ~CurrentDirectory() { REQUIRE(chdir(before_.c_str()) == 0); }

 private:
  std::string before_;
};

}  // namespace

TEST_CASE("a repository opens at its top, and below it with a prefix") {
  TempRepo repo;
  repo.write("dir/sub dir/a", "1\n");
  repo.commit_all("first");
  const auto top = Repository::open(repo.path());
  CHECK(top.work_tree() == repo.path());
  CHECK(top.git_dir() == repo.path(".git"));
  CHECK(top.common_dir() == repo.path(".git"));
  CHECK(top.prefix().empty());
  CHECK(top.git().directory() == repo.path());
  CHECK(top.absolute(RepoPath("dir/x")) == repo.path("dir/x"));
  CHECK(top.absolute(RepoPath()) == repo.path());
  const auto below = Repository::open(repo.path("dir/sub dir"));
  CHECK(below.work_tree() == repo.path());
  CHECK(below.prefix() == "dir/sub dir/");
}

TEST_CASE("a work tree reached through a symbolic link is the one behind it") {
  TempRepo repo;
  repo.write("dir/a", "1\n");
  const gs::TemporaryDirectory elsewhere;
  const std::string link = gs::join_path(elsewhere.path(), "link");
  REQUIRE(symlink(repo.path().c_str(), link.c_str()) == 0);
  const auto repository = Repository::open(link + "/dir");
  CHECK(repository.work_tree() == repo.path());
  CHECK(repository.prefix() == "dir/");
}

TEST_CASE("no repository is git's own error") {
  gs::test::make_hermetic();
  const gs::TemporaryDirectory directory;
  const Error error = error_of_open(directory.path());
  // It goes on with how far git has looked: up to a mount point, if there is one.
  CHECK(error.message().starts_with("not a git repository (or any "));
  CHECK(error.exit_code() == gs::ExitCode::Fatal);
}

TEST_CASE("a bare repository and a git directory are no work tree") {
  TempRepo repo;
  repo.git({"init", "-q", "--bare", "bare.git"});
  const std::string message = "this operation must be run in a work tree";
  CHECK(error_of_open(repo.path("bare.git")).message() == message);
  CHECK(error_of_open(repo.path(".git")).message() == message);
  CHECK(error_of_open(repo.path(".git/refs")).message() == message);
}

TEST_CASE("ceiling directories stop the search") {
  TempRepo repo;
  repo.write("dir/sub/a", "1\n");
  const ScopedEnvironment ceiling("GIT_CEILING_DIRECTORIES", repo.path("dir"));
  CHECK(contains(error_of_open(repo.path("dir/sub")).message(), "not a git repository"));
  CHECK(Repository::open(repo.path()).work_tree() == repo.path());
}

TEST_CASE("GIT_DIR alone makes the current directory the work tree, as in git") {
  TempRepo repo;
  repo.write("dir/a", "1\n");
  repo.commit_all("first");
  const ScopedEnvironment git_dir("GIT_DIR", repo.path(".git"));
  const auto repository = Repository::open(repo.path("dir"));
  CHECK(repository.work_tree() == repo.path("dir"));
  CHECK(repository.prefix().empty());
  CHECK(repository.git_dir() == repo.path(".git"));
}

TEST_CASE("relative GIT_DIR and GIT_WORK_TREE mean the same to us and to the git that we run") {
  TempRepo repo;
  repo.write("dir/a", "1\n");
  repo.commit_all("first");
  repo.write("dir/a", "2\n");
  const CurrentDirectory in(repo.path("dir"));
  const ScopedEnvironment git_dir("GIT_DIR", "../.git");
  const ScopedEnvironment work_tree("GIT_WORK_TREE", "..");
  const auto repository = Repository::open();
  CHECK(repository.work_tree() == repo.path());
  CHECK(repository.prefix() == "dir/");
  const auto status = gs::git::read_status(repository);
  REQUIRE(status.entries.size() == 1);
  CHECK(status.entries[0].path == RepoPath("dir/a"));
}

TEST_CASE("a GIT_DIR that is none is named") {
  TempRepo repo;
  const ScopedEnvironment git_dir("GIT_DIR", repo.path("nowhere"));
  CHECK(contains(error_of_open(repo.path()).message(), "not a git repository"));
  CHECK(contains(error_of_open(repo.path()).message(), "nowhere"));
}

TEST_CASE("objects in the directories of the environment are found") {
  TempRepo repo;
  TempRepo other;
  other.write("a", "elsewhere\n");
  other.commit_all("first");
  const auto oid = *gs::git::ObjectId::parse(other.git({"rev-parse", "HEAD:a"}));
  const ScopedEnvironment alternates("GIT_ALTERNATE_OBJECT_DIRECTORIES",
                                     other.path(".git/objects"));
  CHECK(Repository::open(repo.path()).read_blob(oid) == "elsewhere\n");
}

TEST_CASE("HEAD is unborn, on a branch, or detached") {
  TempRepo repo;
  const auto repository = Repository::open(repo.path());
  CHECK(repository.head().branch == "main");
  CHECK_FALSE(repository.head().commit);
  repo.write("a", "1\n");
  const std::string id = repo.commit_all("first");
  CHECK(repository.head().commit->hex() == id);
  repo.git({"checkout", "-q", "-b", "feature/x"});
  repo.git({"pack-refs", "--all"});
  CHECK(repository.head().branch == "feature/x");
  repo.git({"checkout", "-q", "--detach"});
  CHECK_FALSE(repository.head().branch);
  CHECK(repository.head().commit->hex() == id);
}

TEST_CASE("a linked worktree has its own git directory and shares the common one") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.commit_all("first");
  repo.git({"worktree", "add", "-q", "../linked", "-b", "side"});
  const std::string path = gs::real_path(repo.path("../linked"));
  const auto repository = Repository::open(path);
  CHECK(repository.work_tree() == path);
  CHECK(repository.git_dir() == repo.path(".git/worktrees/linked"));
  CHECK(repository.common_dir() == repo.path(".git"));
  CHECK(repository.head().branch == "side");
  CHECK(gs::git::read_status(repository).clean());
}

TEST_CASE("what a hook in a linked worktree gets in its environment leads there") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.commit_all("first");
  repo.git({"worktree", "add", "-q", "../linked", "-b", "side"});
  const std::string path = gs::real_path(repo.path("../linked"));
  for (const std::string& value : {path + "/.git", repo.path(".git/worktrees/linked")}) {
    const ScopedEnvironment git_dir("GIT_DIR", value);
    const auto repository = Repository::open(path);
    CHECK(repository.work_tree() == path);
    CHECK(repository.git_dir() == repo.path(".git/worktrees/linked"));
    CHECK(repository.head().branch == "side");
    CHECK(gs::git::read_status(repository).clean());
  }
}

TEST_CASE("a worktree may be linked by relative paths") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.commit_all("first");
  repo.git({"worktree", "add", "-q", "../linked", "-b", "side"});
  const std::string path = gs::real_path(repo.path("../linked"));
  gs::write_file_atomically(path + "/.git", "gitdir: ../repo/.git/worktrees/linked\n");
  repo.write(".git/worktrees/linked/gitdir", "../../../../linked/.git\n");
  const auto repository = Repository::open(path);
  CHECK(repository.work_tree() == path);
  CHECK(repository.git_dir() == repo.path(".git/worktrees/linked"));
  CHECK(repository.head().branch == "side");
}

TEST_CASE("a repository of somebody else is refused until git trusts it") {
  TempRepo repo;
  repo.commit_all("first");
  if (geteuid() != 0) {
    MESSAGE("needs root, to give a repository away");
    return;
  }
  constexpr uid_t kSomebody = 65533;
  REQUIRE(chown(repo.path().c_str(), kSomebody, kSomebody) == 0);
  REQUIRE(chown(repo.path(".git").c_str(), kSomebody, kSomebody) == 0);
  const Error error = error_of_open(repo.path());
  CHECK(contains(error.message(), "dubious ownership"));
  CHECK(contains(error.hint(), "safe.directory " + repo.path()));
  repo.git({"config", "--global", "safe.directory", repo.path()});
  CHECK(Repository::open(repo.path()).head().branch == "main");
  repo.git({"config", "--global", "--unset", "safe.directory"});
}

TEST_CASE("a submodule is a repository of its own") {
  TempRepo library;
  library.write("lib", "1\n");
  library.commit_all("library");
  TempRepo repo;
  repo.git({"submodule", "add", "-q", library.path(), "lib"});
  repo.commit_all("with a submodule");
  const auto repository = Repository::open(repo.path("lib"));
  CHECK(repository.work_tree() == repo.path("lib"));
  CHECK(repository.git_dir() == repo.path(".git/modules/lib"));
  SUBCASE("also when its core.worktree moved to config.worktree") {
    repo.git({"-C", "lib", "sparse-checkout", "set", "--no-cone", "/lib"});
    const auto again = Repository::open(repo.path("lib"));
    CHECK(again.work_tree() == repo.path("lib"));
    CHECK(gs::git::read_status(again).clean());
  }
}

TEST_CASE("operations in progress are known by name") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.commit_all("first");
  repo.git({"checkout", "-q", "-b", "side"});
  repo.write("a", "side\n");
  repo.commit_all("side");
  repo.git({"checkout", "-q", "main"});
  repo.write("a", "main\n");
  repo.commit_all("main");
  const auto repository = Repository::open(repo.path());
  CHECK(repository.operation_in_progress() == Operation::None);
  SUBCASE("merge") {
    CHECK_FALSE(repo.try_git({"merge", "side"}).ok());
    CHECK(repository.operation_in_progress() == Operation::Merge);
  }
  SUBCASE("rebase") {
    CHECK_FALSE(repo.try_git({"rebase", "side"}).ok());
    CHECK(repository.operation_in_progress() == Operation::Rebase);
  }
  SUBCASE("rebase by patches") {
    CHECK_FALSE(repo.try_git({"rebase", "--apply", "side"}).ok());
    CHECK(repository.operation_in_progress() == Operation::Rebase);
  }
  SUBCASE("cherry-pick") {
    CHECK_FALSE(repo.try_git({"cherry-pick", "side"}).ok());
    CHECK(repository.operation_in_progress() == Operation::CherryPick);
  }
  SUBCASE("cherry-pick, between two picks") {
    repo.git({"branch", "other", "side"});
    CHECK_FALSE(repo.try_git({"cherry-pick", "side", "side~0"}).ok());
    repo.write("a", "both\n");
    repo.git({"add", "a"});
    repo.git({"commit", "-q", "-m", "by hand"});
    if (gs::file_info(repo.path(".git/sequencer/todo"))) {
      CHECK(repository.operation_in_progress() == Operation::CherryPick);
    }
  }
  SUBCASE("revert") {
    CHECK_FALSE(repo.try_git({"revert", "--no-edit", "side"}).ok());
    CHECK(repository.operation_in_progress() == Operation::Revert);
  }
  SUBCASE("bisect") {
    repo.git({"bisect", "start"});
    CHECK(repository.operation_in_progress() == Operation::Bisect);
  }
  SUBCASE("am") {
    const std::string patch = repo.git({"format-patch", "-1", "side", "-o", ".."});
    CHECK_FALSE(repo.try_git({"am", patch}).ok());
    CHECK(repository.operation_in_progress() == Operation::ApplyMailbox);
    CHECK(gs::git::operation_name(Operation::ApplyMailbox) == "am");
  }
}

TEST_CASE("extensions that change nothing for us are let in") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.commit_all("first");
  repo.git({"config", "core.repositoryFormatVersion", "1"});
  SUBCASE("worktreeConfig") {
    repo.git({"config", "extensions.worktreeConfig", "true"});
  }
  SUBCASE("preciousObjects") {
    repo.git({"config", "extensions.preciousObjects", "true"});
  }
  SUBCASE("noop") {
    repo.git({"config", "extensions.noop", "x"});
  }
  SUBCASE("partialClone") {
    repo.git({"config", "extensions.partialClone", "origin"});
  }
  CHECK(Repository::open(repo.path()).head().branch == "main");
}

TEST_CASE("a repository with SHA-256 names is refused by name, with a way out") {
  TempRepo repo;
  repo.git({"init", "-q", "--object-format=sha256", "big"});
  const Error error = error_of_open(repo.path("big"));
  CHECK(contains(error.message(), "extensions.objectFormat=sha256"));
  CHECK_FALSE(error.hint().empty());
}

TEST_CASE("a repository with refs in reftables is refused by name, or in git's words") {
  TempRepo repo;
  if (repo.try_git({"init", "-q", "--ref-format=reftable", "tables"}).ok()) {
    CHECK(contains(error_of_open(repo.path("tables")).message(), "extensions.refStorage=reftable"));
    return;
  }
  repo.git({"config", "core.repositoryFormatVersion", "1"});
  repo.git({"config", "extensions.refStorage", "reftable"});
  const Error error = error_of_open(repo.path());
  CHECK(contains(error.message(), "refstorage"));
  CHECK_FALSE(error.hint().empty());
}

TEST_CASE("indexes that libgit2 cannot read do not matter") {
  TempRepo repo;
  repo.write("dir/a", "1\n");
  repo.write("other/b", "1\n");
  repo.commit_all("first");
  SUBCASE("split") {
    repo.git({"update-index", "--split-index"});
  }
  SUBCASE("version 4") {
    repo.git({"update-index", "--index-version", "4"});
  }
  SUBCASE("sparse") {
    repo.git({"sparse-checkout", "set", "--cone", "--sparse-index", "dir"});
    CHECK_FALSE(gs::file_info(repo.path("other")));
  }
  repo.write("dir/a", "2\n");
  const auto repository = Repository::open(repo.path());
  const auto status = gs::git::read_status(repository);
  REQUIRE(status.entries.size() == 1);
  CHECK(status.entries[0].path == RepoPath("dir/a"));
}

TEST_CASE("a typed path counts from where the command was called, and stays in the tree") {
  const TempRepo repo;
  repo.write("dir/sub/file", "x");
  const CurrentDirectory in(repo.path() + "/dir/sub");
  const Repository repository = Repository::open();
  const auto typed = [&](const std::string& text) {
    return gs::git::typed_path(repository, text).bytes();
  };
  CHECK(typed("file") == "dir/sub/file");
  CHECK(typed("./no/such/../file") == "dir/sub/no/file");
  CHECK(typed("..") == "dir");
  CHECK(typed("../..").empty());
  CHECK(typed("../../other//x/") == "other/x");
  CHECK(typed(repo.path() + "/a") == "a");
  CHECK(typed(repo.path()).empty());
  CHECK_THROWS_AS(static_cast<void>(typed("../../..")), Error);
  CHECK_THROWS_AS(static_cast<void>(typed("/etc/passwd")), Error);
  CHECK_THROWS_AS(static_cast<void>(typed(repo.path() + "x/a")), Error);
}
