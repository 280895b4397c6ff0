#include <chrono>

#include "snapshot_fixture.h"

using namespace gs;
using namespace gs::test;

namespace {

std::string save_as(const TempRepo& repo, const std::string& session, long wave,
                    const std::string& label, int minutes) {
  auto asked = request(label);
  asked.session = session;
  asked.wave = wave;
  asked.now = kSnapshotTime + std::chrono::minutes(minutes);
  repo.write("a.txt", session + label + std::to_string(wave) + std::to_string(minutes));
  return snapshot::save(git::Repository::open(repo.path()), asked).ref;
}

std::vector<std::string> refs_of(const snapshot::Listing& listing) {
  std::vector<std::string> refs;
  for (const auto& snapshot : listing.snapshots) refs.push_back(snapshot.ref);
  return refs;
}

}  // namespace

TEST_CASE("snapshots are listed newest first, packed or loose, with what they are") {
  const TempRepo repo;
  const std::string base = repo.commit_all("base");
  const std::string old = save_as(repo, "feature/x", 0, "baseline", 0);
  repo.git({"pack-refs", "--all"});
  const std::string newest = save_as(repo, "feature/x", 2, "b", 9);
  const std::string middle = save_as(repo, "other", 1, "a", 5);
  const auto listing = snapshot::list(git::Repository::open(repo.path()), {});
  CHECK(refs_of(listing) == std::vector{newest, middle, old});
  const auto& last = listing.snapshots.back();
  CHECK(last.session == "feature/x");
  CHECK(last.name.session == "feature-x");
  CHECK(last.name.wave == 0);
  CHECK(last.name.label == "baseline");
  CHECK(last.subject == "so-snapshot feature/x wave 0 baseline");
  CHECK(last.base.hex() == base);
  CHECK(last.created_at == kSnapshotTime);
  CHECK(last.oid.hex() == repo.git({"rev-parse", old}));
  CHECK(listing.ignored.empty());
}

TEST_CASE("within one second the higher counter is the newer") {
  const TempRepo repo;
  repo.commit_all("base");
  std::vector<std::string> expected;
  for (int i = 0; i < 11; ++i) {
    repo.write("a.txt", std::to_string(i));
    expected.insert(expected.begin(), save(repo).ref);
  }
  CHECK(refs_of(snapshot::list(git::Repository::open(repo.path()), {})) == expected);
}

TEST_CASE("one session's list does not hold another's that shares its ref name") {
  const TempRepo repo;
  repo.commit_all("base");
  const std::string slash = save_as(repo, "a/b", 1, "x", 0);
  const std::string dash = save_as(repo, "a-b", 1, "x", 1);
  save_as(repo, "a-b-c", 1, "x", 2);
  save_as(repo, "a", 1, "x", 3);
  const auto repository = git::Repository::open(repo.path());
  CHECK(refs_of(snapshot::list(repository, "a/b")) == std::vector{slash});
  CHECK(refs_of(snapshot::list(repository, "a-b")) == std::vector{dash});
  CHECK(refs_of(snapshot::list(repository, "a b")).empty());
}

TEST_CASE("a snapshot with a foreign subject belongs to the session of its ref name") {
  const TempRepo repo;
  const std::string commit = repo.commit_all("base");
  const std::string ref = "refs/so-snapshots/a-b/wave-1-x";
  repo.git({"update-ref", ref, commit});
  const auto repository = git::Repository::open(repo.path());
  CHECK(refs_of(snapshot::list(repository, "a/b")) == std::vector{ref});
  const auto listing = snapshot::list(repository, "a-b");
  REQUIRE(refs_of(listing) == std::vector{ref});
  CHECK(listing.snapshots.front().session == "a-b");
  CHECK(listing.snapshots.front().base.is_null());
}

TEST_CASE("refs with an unexpected name or target are named apart") {
  const TempRepo repo;
  repo.commit_all("base");
  repo.git({"update-ref", "refs/so-snapshots/odd", "HEAD"});
  repo.git({"update-ref", "refs/so-snapshots/s/wave-x", "HEAD"});
  repo.git({"update-ref", "refs/so-snapshots/s/wave-1-tree", "HEAD^{tree}"});
  const auto listing = snapshot::list(git::Repository::open(repo.path()), {});
  CHECK(listing.snapshots.empty());
  CHECK(listing.ignored == std::vector<std::string>{"refs/so-snapshots/odd",
                                                    "refs/so-snapshots/s/wave-1-tree",
                                                    "refs/so-snapshots/s/wave-x"});
}
