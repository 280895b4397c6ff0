#include "git/refs.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include "base/error.h"
#include "support/temp_repo.h"

using gs::git::create_ref;
using gs::git::list_refs;
using gs::git::ObjectId;
using gs::git::read_ref;
using gs::git::Repository;
using gs::test::TempRepo;

namespace {

constexpr const char* kSnapshots = "refs/so-snapshots/";

ObjectId commit_id(const TempRepo& repo, const std::string& revision) {
  return *ObjectId::parse(repo.git({"rev-parse", revision}));
}

}  // namespace

TEST_CASE("refs below a prefix are listed by name, packed and loose, and no others") {
  TempRepo repo;
  repo.commit_all("first");
  repo.git({"update-ref", "refs/so-snapshots/s/wave-2-b", "HEAD"});
  repo.git({"update-ref", "refs/so-snapshots/s/deeper/wave-1-a", "HEAD"});
  repo.git({"pack-refs", "--all"});
  repo.git({"update-ref", "refs/so-snapshots/s-2/wave-1-a", "HEAD"});
  repo.git({"update-ref", "refs/so-snapshots-other/x", "HEAD"});
  repo.git({"symbolic-ref", "refs/so-snapshots/s/dangling", "refs/heads/none"});
  const auto repository = Repository::open(repo.path());
  const auto refs = list_refs(repository, kSnapshots);
  REQUIRE(refs.size() == 3);
  CHECK(refs[0].name == "refs/so-snapshots/s-2/wave-1-a");
  CHECK(refs[1].name == "refs/so-snapshots/s/deeper/wave-1-a");
  CHECK(refs[2].name == "refs/so-snapshots/s/wave-2-b");
  CHECK(refs[2].target == commit_id(repo, "HEAD"));
  CHECK(list_refs(repository, "refs/so-snapshots/s/").size() == 2);
  CHECK(list_refs(repository, "refs/nothing/").empty());
}

TEST_CASE("a ref is read, created once, and never overwritten") {
  TempRepo repo;
  const ObjectId first = *ObjectId::parse(repo.commit_all("first"));
  const ObjectId second = *ObjectId::parse(repo.commit_all("second"));
  const auto repository = Repository::open(repo.path());
  const std::string name = "refs/so-snapshots/s/wave-1-x";
  CHECK_FALSE(read_ref(repository, name));
  CHECK_FALSE(read_ref(repository, "not a ref"));
  CHECK(create_ref(repository, name, first));
  CHECK(read_ref(repository, name) == first);
  CHECK(repo.git({"rev-parse", name}) == first.hex());
  CHECK_FALSE(create_ref(repository, name, second));
  repo.git({"pack-refs", "--all"});
  CHECK_FALSE(create_ref(repository, name, second));
  CHECK(read_ref(repository, name) == first);
  CHECK_THROWS_AS(static_cast<void>(create_ref(repository, name + "/below", first)), gs::Error);
  CHECK_THROWS_AS(static_cast<void>(create_ref(repository, "refs/bad..name", first)), gs::Error);
  CHECK_THROWS_AS(static_cast<void>(create_ref(repository, "refs/so-snapshots/missing",
                                               *ObjectId::parse(std::string(40, '1')))),
                  gs::Error);
}

TEST_CASE("of several who create the same ref at once, one succeeds") {
  TempRepo repo;
  std::vector<ObjectId> ids;
  for (int i = 0; i < 4; ++i) ids.push_back(*ObjectId::parse(repo.commit_all(std::to_string(i))));
  constexpr int kRounds = 40;
  std::vector<pid_t> children;
  for (const ObjectId& id : ids) {
    const pid_t child = fork();
    if (child == 0) {
      // Counts its successes in the exit status.
      int created = 0;
      const auto repository = Repository::open(repo.path());
      for (int round = 0; round < kRounds; ++round) {
        created += create_ref(repository, kSnapshots + std::to_string(round), id) ? 1 : 0;
      }
      _exit(created);
    }
    children.push_back(child);
  }
  int created = 0;
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    created += WEXITSTATUS(status);
  }
  const auto count = static_cast<int>(list_refs(Repository::open(repo.path()), kSnapshots).size());
  CHECK(created == kRounds);
  CHECK(count == kRounds);
}

TEST_CASE("a lock that a killed creation left does not keep the ref from being made") {
  TempRepo repo;
  const ObjectId first = *ObjectId::parse(repo.commit_all("first"));
  repo.write(".git/refs/so-snapshots/x.lock", "");
  const Repository repository = Repository::open(repo.path());
  CHECK(create_ref(repository, "refs/so-snapshots/x", first));
  CHECK(read_ref(repository, "refs/so-snapshots/x") == first);
  CHECK(!std::filesystem::exists(repo.path(".git/refs/so-snapshots/x.lock")));
}

TEST_CASE("the lock on a ref that is there stays, and so does the ref") {
  TempRepo repo;
  const ObjectId first = *ObjectId::parse(repo.commit_all("first"));
  repo.write("a", "a");
  const ObjectId second = *ObjectId::parse(repo.commit_all("second"));
  const Repository repository = Repository::open(repo.path());
  REQUIRE(create_ref(repository, "refs/so-snapshots/x", first));
  repo.write(".git/refs/so-snapshots/x.lock", "");
  CHECK(!create_ref(repository, "refs/so-snapshots/x", second));
  CHECK(read_ref(repository, "refs/so-snapshots/x") == first);
  CHECK(std::filesystem::exists(repo.path(".git/refs/so-snapshots/x.lock")));
}

TEST_CASE("a ref is made although its empty directory is removed at the same time") {
  TempRepo repo;
  const ObjectId first = *ObjectId::parse(repo.commit_all("first"));
  const Repository repository = Repository::open(repo.path());
  std::atomic<bool> done = false;
  std::atomic<int> at = 0;
  // As `git pack-refs --prune` and `git update-ref -d` do.
  std::thread other([&] {
    while (!done) (void)rmdir(repo.path(".git/refs/so-snapshots/s" + std::to_string(at)).c_str());
  });
  int made = 0;
  constexpr int kRounds = 500;
  for (; at < kRounds; ++at) {
    const std::string name = std::string(kSnapshots) + "s" + std::to_string(at) + "/x";
    CHECK_NOTHROW(made += create_ref(repository, name, first) ? 1 : 0);
  }
  done = true;
  other.join();
  CHECK(made == kRounds);
}

TEST_CASE("ref names are valid where git says so") {
  TempRepo repo;
  for (const std::string name : {"refs/heads/main",
                                 "a/b",
                                 "a",
                                 "HEAD",
                                 "refs/so-snapshots/s/wave-1-x",
                                 "refs//x",
                                 "/refs/x",
                                 "refs/x/",
                                 "refs/.x",
                                 "refs/x.lock",
                                 "refs/x.lock/y",
                                 "refs/x..y",
                                 "refs/x.",
                                 "refs/x y",
                                 "refs/x~",
                                 "refs/x^",
                                 "refs/x:",
                                 "refs/x?",
                                 "refs/x*",
                                 "refs/x[",
                                 "refs/x\\",
                                 "refs/@{x",
                                 "refs/@",
                                 "@",
                                 "refs/x@y",
                                 "refs/x\ny",
                                 "refs/\x7f",
                                 "refs/\xc3\xa9",
                                 "refs/\xff",
                                 "",
                                 "refs/x/.",
                                 "refs/-x",

                                 "refs/x.lockx"}) {
    CAPTURE(name);
    CHECK(gs::git::is_valid_ref_name(name) == repo.try_git({"check-ref-format", name}).ok());
  }
}

TEST_CASE("a remote is known by its URL, rewritten as git rewrites it") {
  TempRepo repo;
  repo.git({"remote", "add", "origin", "short:project"});
  repo.git({"config", "url.https://example.org/.insteadOf", "short:"});
  const auto repository = Repository::open(repo.path());
  CHECK(gs::git::find_remote(repository, "origin")->url == "https://example.org/project");
  CHECK_FALSE(gs::git::find_remote(repository, "other"));
  CHECK_FALSE(gs::git::find_remote(repository, ""));
  CHECK_FALSE(gs::git::find_remote(repository, "--all"));
}

TEST_CASE("a remote's default branch is its HEAD, else main, else master") {
  TempRepo repo;
  const ObjectId first = *ObjectId::parse(repo.commit_all("first"));
  const ObjectId second = *ObjectId::parse(repo.commit_all("second"));
  const auto repository = Repository::open(repo.path());
  CHECK_FALSE(gs::git::remote_default_branch(repository, "origin"));
  repo.git({"update-ref", "refs/remotes/origin/master", first.hex()});
  CHECK(gs::git::remote_default_branch(repository, "origin") == first);
  repo.git({"update-ref", "refs/remotes/origin/main", second.hex()});
  CHECK(gs::git::remote_default_branch(repository, "origin") == second);
  repo.git({"symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/master"});
  CHECK(gs::git::remote_default_branch(repository, "origin") == first);
}
