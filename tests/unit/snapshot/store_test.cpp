#include "snapshot/store.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <thread>

#include "base/error.h"
#include "git/refs.h"
#include "snapshot_fixture.h"

using namespace gs;
using namespace gs::test;

namespace {

void commit_and_change(const TempRepo& repo) {
  repo.write("a.txt", "a\n");
  repo.commit_all("one");
  repo.write("a.txt", "changed\n");
}

std::size_t object_count(const TempRepo& repo) {
  const std::string out = repo.git({"cat-file", "--batch-all-objects", "--batch-check"});
  return static_cast<std::size_t>(std::count(out.begin(), out.end(), '\n'));
}

}  // namespace

TEST_CASE("the same content under the same name writes nothing new") {
  const TempRepo repo;
  commit_and_change(repo);
  repo.write("new", "n");
  const auto first = save(repo);
  const std::size_t objects = object_count(repo);
  auto later = request();
  later.now = kSnapshotTime + std::chrono::hours(2);
  const auto second = snapshot::save(git::Repository::open(repo.path()), later);
  CHECK(second.skipped);
  CHECK(second.reason == "unchanged");
  CHECK(second.ref == first.ref);
  CHECK(second.oid == first.oid);
  CHECK(second.counts.untracked == 1);
  CHECK(object_count(repo) == objects);
}

TEST_CASE("other content under a taken name gets a counter, and the earlier one stays") {
  const TempRepo repo;
  commit_and_change(repo);
  const auto first = save(repo);
  repo.write("a.txt", "changed again\n");
  const auto second = save(repo);
  repo.write("new", "n");
  const auto third = save(repo);
  CHECK(second.ref == first.ref + ".2");
  CHECK(third.ref == first.ref + ".3");
  CHECK(third.name->label == "before.3");
  CHECK(repo.git({"rev-parse", first.ref}) == first.oid.hex());
  repo.remove("new");
  CHECK(save(repo).ref == second.ref);
}

TEST_CASE(
    "content that differs only in the index, the untracked files or the base is other content") {
  const TempRepo repo;
  commit_and_change(repo);
  const auto first = save(repo);
  repo.git({"add", "a.txt"});
  CHECK(save(repo).ref == first.ref + ".2");
  repo.git({"commit", "-q", "--allow-empty", "--only", "-m", "another base"});
  CHECK(save(repo).ref == first.ref + ".3");
  repo.write("new", "n");
  CHECK(save(repo).ref == first.ref + ".4");
  repo.write("new", "m");
  CHECK(save(repo).ref == first.ref + ".5");
}

TEST_CASE("two ids that share a ref name each keep their snapshot of the same content") {
  const TempRepo repo;
  commit_and_change(repo);
  const auto repository = git::Repository::open(repo.path());
  auto slash = request();
  slash.session = "a/b";
  auto dash = request();
  dash.session = "a-b";
  CHECK(snapshot::save(repository, slash).ref == "refs/so-snapshots/a-b/wave-1-before");
  CHECK(snapshot::save(repository, dash).ref == "refs/so-snapshots/a-b/wave-1-before.2");
  CHECK(snapshot::save(repository, slash).reason == "unchanged");
  CHECK(snapshot::save(repository, dash).ref == "refs/so-snapshots/a-b/wave-1-before.2");
}

TEST_CASE("the message goes below the subject") {
  const TempRepo repo;
  commit_and_change(repo);
  auto with_message = request("a label");
  with_message.message = "why\n\nand what for";
  const auto saved = snapshot::save(git::Repository::open(repo.path()), with_message);
  CHECK(saved.name->label == "a-label");
  CHECK(repo.git({"log", "-1", "--format=%B", saved.oid.hex()}) ==
        "so-snapshot main-2026-03-02-0800 wave 1 a label\n\nwhy\n\nand what for\n");
}

TEST_CASE("a name that is not a line of text is refused") {
  const TempRepo repo;
  commit_and_change(repo);
  const auto repository = git::Repository::open(repo.path());
  for (const char* bad : {"", "two\nlines", "tab\t"}) {
    auto session = request();
    session.session = bad;
    CHECK_THROWS_AS(static_cast<void>(snapshot::save(repository, session)), Error);
    CHECK_THROWS_AS(static_cast<void>(snapshot::save(repository, request(bad))), Error);
  }
  auto wave = request();
  wave.wave = -1;
  CHECK_THROWS_AS(static_cast<void>(snapshot::save(repository, wave)), Error);
}

TEST_CASE("a ref of that name that is not a snapshot is left alone") {
  const TempRepo repo;
  commit_and_change(repo);
  const std::string ref = "refs/so-snapshots/main-2026-03-02-0800/wave-1-before";
  repo.git({"update-ref", ref, "HEAD^{tree}"});
  CHECK(save(repo).ref == ref + ".2");
}

TEST_CASE("savers at the same time lose no snapshot") {
  const TempRepo repo;
  commit_and_change(repo);
  constexpr std::size_t savers = 8;
  std::vector<snapshot::SaveResult> results(savers);
  std::vector<std::thread> threads;
  std::vector<std::string> paths;
  std::vector<TemporaryDirectory> directories(savers);
  for (std::size_t i = 0; i < savers; ++i) {
    const std::string path = join_path(directories[i].path(), "tree");
    repo.git({"worktree", "add", "-q", "--detach", path});
    write_file_atomically(join_path(path, "a.txt"), "saver " + std::to_string(i) + "\n");
    paths.push_back(path);
  }
  for (std::size_t i = 0; i < savers; ++i) {
    threads.emplace_back(
        [&, i] { results[i] = snapshot::save(git::Repository::open(paths[i]), request()); });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> refs;
  for (std::size_t i = 0; i < savers; ++i) {
    refs.insert(results[i].ref);
    CHECK(repo.git({"show", results[i].ref + ":a.txt"}) == "saver " + std::to_string(i));
  }
  CHECK(refs.size() == savers);
}

TEST_CASE("a work tree that is the home directory is refused unless allowed") {
  const TempRepo repo;
  commit_and_change(repo);
  const std::string home = environment_variable("HOME").value();
  setenv("HOME", repo.path().c_str(), 1);
  const auto repository = git::Repository::open(repo.path());
  CHECK_THROWS_AS(static_cast<void>(snapshot::save(repository, request())), Error);
  CHECK_FALSE(snapshot::save(repository, request(), true).skipped);
  setenv("HOME", home.c_str(), 1);
}
