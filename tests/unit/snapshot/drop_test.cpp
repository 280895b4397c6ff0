#include "snapshot_fixture.h"

using namespace gs;
using namespace gs::test;

namespace {

std::string take(const TempRepo& repo, const std::string& label) {
  repo.write("a.txt", label);
  return save(repo, label).ref;
}

}  // namespace

TEST_CASE("dropping deletes exactly the named refs, packed and loose, and can be repeated") {
  const TempRepo repo;
  repo.commit_all("base");
  const std::string one = take(repo, "one");
  const std::string two = take(repo, "two");
  repo.git({"pack-refs", "--all"});
  const std::string three = take(repo, "three");
  const auto repository = git::Repository::open(repo.path());
  for (const bool first : {true, false}) {
    const auto results = snapshot::drop(repository, {one, three, one});
    REQUIRE(results.size() == 3);
    for (const auto& result : results) {
      CHECK(result.ok);
      CHECK(result.existed == first);
      CHECK(result.error.empty());
    }
    CHECK(results[1].ref == three);
  }
  CHECK(repo.git({"for-each-ref", "--format=%(refname)", "refs/so-snapshots"}) == two);
}

TEST_CASE("anything outside the prefix is refused and stays") {
  const TempRepo repo;
  repo.commit_all("base");
  const std::string one = take(repo, "one");
  const auto results =
      snapshot::drop(git::Repository::open(repo.path()),
                     {"refs/heads/main", one, "main", "refs/so-snapshots/../heads/main"});
  CHECK_FALSE(results[0].ok);
  CHECK(results[0].error == "not a snapshot: only refs below refs/so-snapshots/ are deleted");
  CHECK(results[1].ok);
  CHECK_FALSE(results[2].ok);
  CHECK(repo.try_git({"rev-parse", "-q", "--verify", "refs/heads/main"}).ok());
  CHECK(repo.git({"for-each-ref", "refs/so-snapshots"}).empty());
}

TEST_CASE("a ref that cannot be deleted does not keep the others") {
  const TempRepo repo;
  repo.commit_all("base");
  const std::string one = take(repo, "one");
  const std::string locked = take(repo, "locked");
  const std::string two = take(repo, "two");
  repo.write(".git/" + locked + ".lock/no-file", "");
  const auto results = snapshot::drop(git::Repository::open(repo.path()), {one, locked, two});
  CHECK(results[0].ok);
  CHECK_FALSE(results[1].ok);
  CHECK(results[1].existed);
  CHECK_FALSE(results[1].error.empty());
  CHECK(results[2].ok);
  CHECK(repo.git({"for-each-ref", "--format=%(refname)", "refs/so-snapshots"}) == locked);
}

TEST_CASE("locks that killed processes left keep no snapshot, packed or loose") {
  const TempRepo repo;
  repo.commit_all("base");
  const std::string packed = take(repo, "packed");
  repo.git({"pack-refs", "--all"});
  const std::string loose = take(repo, "loose");
  repo.write(".git/" + packed + ".lock", "");
  repo.write(".git/" + loose + ".lock", "");
  for (const auto& result : snapshot::drop(git::Repository::open(repo.path()), {packed, loose})) {
    CHECK(result.ok);
    CHECK(result.error.empty());
    CHECK_FALSE(file_info(repo.path(".git/" + result.ref + ".lock")));
  }
  CHECK(repo.git({"for-each-ref", "refs/so-snapshots"}).empty());
}

TEST_CASE("the lock of packed-refs is git's own: it stays, and the error says what to do") {
  const TempRepo repo;
  repo.commit_all("base");
  const std::string packed = take(repo, "packed");
  repo.git({"pack-refs", "--all"});
  repo.write(".git/packed-refs.lock", "");
  const auto results = snapshot::drop(git::Repository::open(repo.path()), {packed});
  CHECK_FALSE(results[0].ok);
  CHECK(results[0].error.find("packed-refs.lock") != std::string::npos);
  CHECK(results[0].error.find("remove that lock file") != std::string::npos);
  CHECK(file_info(repo.path(".git/packed-refs.lock")));
}
