#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <random>
#include <set>
#include <thread>

#include "base/error.h"
#include "base/file/file_lock.h"
#include "git/ref_locks.h"
#include "git/refs.h"
#include "support/temp_repo.h"

using gs::git::create_ref;
using gs::git::delete_refs;
using gs::git::list_refs;
using gs::git::ObjectId;
using gs::git::read_ref;
using gs::git::RefDeletion;
using gs::git::Repository;
using gs::test::TempRepo;
namespace fs = std::filesystem;

namespace {

constexpr const char* kPrefix = "refs/so-snapshots/";

std::string snapshot(const std::string& name) {
  return kPrefix + name;
}

// The files of refs and their locks, a line each; git leaves empty directories where it fails.
std::string files_of_refs(const TempRepo& repo) {
  std::set<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(repo.path(".git/refs"))) {
    if (!entry.is_directory()) files.insert(entry.path().lexically_relative(repo.path()).string());
  }
  if (fs::exists(repo.path(".git/packed-refs.lock"))) files.insert("packed-refs.lock");
  std::string all;
  for (const std::string& file : files) all += file + "\n";
  return all;
}

std::string all_refs(const TempRepo& repo) {
  return repo.git({"for-each-ref", "--format=%(refname) %(objectname) %(symref)"});
}

void copy_repo(const TempRepo& from, const TempRepo& to) {
  fs::remove_all(to.path());
  fs::copy(from.path(), to.path(), fs::copy_options::recursive | fs::copy_options::copy_symlinks);
}

}  // namespace

TEST_CASE("what points where it is expected to is deleted, and nothing else") {
  TempRepo repo;
  const ObjectId first = *ObjectId::parse(repo.commit_all("first"));
  const ObjectId second = *ObjectId::parse(repo.commit_all("second"));
  const auto repository = Repository::open(repo.path());
  for (const char* name : {"a", "b", "c"}) repo.git({"update-ref", snapshot(name), first.hex()});
  repo.git({"pack-refs", "--all"});
  const std::string a = snapshot("a");
  const std::string b = snapshot("b");
  SUBCASE("all that were asked for") {
    CHECK(delete_refs(repository, {{a, first}, {b, first}}, kPrefix).empty());
    CHECK(list_refs(repository, kPrefix).size() == 1);
    CHECK(delete_refs(repository, {}, kPrefix).empty());
  }
  SUBCASE("what is gone already counts as deleted") {
    CHECK(delete_refs(repository, {{snapshot("none"), first}}, kPrefix).empty());
    CHECK(list_refs(repository, kPrefix).size() == 3);
  }
  SUBCASE("one that points elsewhere stays, and is named") {
    const auto undeleted = delete_refs(repository, {{a, first}, {b, second}}, kPrefix);
    REQUIRE(undeleted.size() == 1);
    CHECK(undeleted[0].name == b);
    CHECK(undeleted[0].reason == "it points at " + first.hex() + " now");
    CHECK(list_refs(repository, kPrefix).size() == 2);
    CHECK(read_ref(repository, b) == first);
  }
  SUBCASE("nothing when one is outside the prefix") {
    for (const std::string name : {"refs/heads/main", "refs/so-snapshots/../heads/main",
                                   "refs/so-snapshots/", "refs/so-snapshots/a\nb"}) {
      CHECK_THROWS_AS((void)delete_refs(repository, {{a, first}, {name, second}}, kPrefix),
                      gs::Error);
    }
    for (const char* prefix : {"", "refs/heads/mai"})
      CHECK_THROWS_AS((void)delete_refs(repository, {{"refs/heads/main", second}}, prefix),
                      gs::Error);
    CHECK(list_refs(repository, kPrefix).size() == 3);
    CHECK(read_ref(repository, "refs/heads/main") == second);
  }
  SUBCASE("a symbolic ref itself, never what it points at") {
    repo.git({"symbolic-ref", a, "refs/heads/main"});
    CHECK(delete_refs(repository, {{a, second}, {b, first}}, kPrefix).empty());
    CHECK(read_ref(repository, "refs/heads/main") == second);
    CHECK(list_refs(repository, kPrefix).size() == 1);
  }
  CHECK_FALSE(fs::exists(repo.path(".git/packed-refs.lock")));
}

TEST_CASE("random refs are deleted as git deletes them") {
  TempRepo repo;
  TempRepo by_git;
  std::mt19937 random(7);
  const auto any = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const std::string first = repo.commit_all("first");
  const std::string second = repo.commit_all("second");
  repo.git({"tag", "-a", "-m", "tag", "annotated"});
  const std::string values[] = {first, second, repo.git({"rev-parse", "annotated"})};
  for (int round = 0; round < 40; ++round) {
    CAPTURE(round);
    std::vector<std::string> names;
    for (int i = 0; i < 8; ++i)
      names.push_back(snapshot((any(2)   ? "s"
                                : any(2) ? "s-2"
                                         : "s/deep") +
                               ("/wave-" + std::to_string(any(9))) + "-x" + std::to_string(i)));
    for (const std::string& name : names) {
      if (any(4) != 0) repo.git({"update-ref", "--no-deref", name, values[any(3)]});
    }
    if (any(3) != 0) repo.git({"pack-refs", any(2) ? "--all" : "--no-all"});
    for (const std::string& name : names) {
      if (any(3) == 0) repo.git({"update-ref", "--no-deref", name, values[any(3)]});
      if (any(12) == 0) repo.git({"symbolic-ref", name, any(2) ? "refs/heads/main" : "refs/none"});
    }
    if (any(4) == 0 && fs::exists(repo.path(".git/packed-refs"))) {
      // As very old ones are: without a header.
      std::string packed = repo.read(".git/packed-refs");
      if (packed.starts_with('#')) packed.erase(0, packed.find('\n') + 1);
      repo.write(".git/packed-refs", packed);
    }
    copy_repo(repo, by_git);

    std::vector<RefDeletion> deletions;
    const auto repository = Repository::open(repo.path());
    for (const std::string& name : names) {
      const auto there = read_ref(repository, name);
      if (any(4) == 0 || !there) continue;
      const std::string expected = any(5) == 0 ? values[any(3)] : there->hex();
      deletions.push_back({name, *ObjectId::parse(expected)});
      (void)by_git.try_git({"update-ref", "--no-deref", "-d", name, expected});
    }
    (void)delete_refs(repository, deletions, kPrefix);
    CHECK(all_refs(repo) == all_refs(by_git));
    CHECK(files_of_refs(repo) == files_of_refs(by_git));
    repo.git({"pack-refs", "--all"});
    by_git.git({"pack-refs", "--all"});
    CHECK(repo.read(".git/packed-refs") == by_git.read(".git/packed-refs"));
  }
}

TEST_CASE("beside other gits, no ref of theirs is lost and none of ours comes back") {
  TempRepo repo;
  const ObjectId first = *ObjectId::parse(repo.commit_all("first"));
  const ObjectId second = *ObjectId::parse(repo.commit_all("second"));
  constexpr int kRounds = 12;
  constexpr int kRefs = 20;
  std::vector<std::thread> others;
  others.emplace_back([&] {
    for (int i = 0; i < 3 * kRounds; ++i) (void)repo.try_git({"pack-refs", "--all"});
  });
  others.emplace_back([&] {
    for (int i = 0; i < 3 * kRounds; ++i) {
      const std::string branch = "refs/heads/b" + std::to_string(i);
      while (!repo.try_git({"update-ref", branch, first.hex()}).ok()) {
      }
      if (i % 3 == 0) {
        while (!repo.try_git({"update-ref", "-d", branch, first.hex()}).ok()) {
        }
      }
    }
  });
  const auto repository = Repository::open(repo.path());
  for (int round = 0; round < kRounds; ++round) {
    CAPTURE(round);
    std::vector<RefDeletion> deletions;
    for (int i = 0; i < kRefs; ++i) {
      deletions.push_back({snapshot("r" + std::to_string(round) + "/" + std::to_string(i)), first});
      CHECK_NOTHROW(CHECK(create_ref(repository, deletions.back().name, first)));
    }
    // One that another process moves at some time.
    std::thread mover([&] {
      (void)repo.try_git({"update-ref", deletions[5].name, second.hex(), first.hex()});
    });
    const auto undeleted = delete_refs(repository, deletions, kPrefix);
    mover.join();
    const auto left = list_refs(repository, snapshot("r" + std::to_string(round) + "/"));
    // Either it was moved first, and stays, or it was deleted, and the move found nothing.
    CHECK(left.size() == undeleted.size());
    for (const auto& ref : left) {
      CHECK(ref.name == deletions[5].name);
      CHECK(ref.target == second);
    }
  }
  for (std::thread& other : others) other.join();
  CHECK(list_refs(repository, "refs/heads/b").size() == 2 * kRounds);
  CHECK(files_of_refs(repo).find(".lock\n") == std::string::npos);
}

TEST_CASE("locks: a killed deletion's are removed, other programs' are not") {
  TempRepo repo;
  const ObjectId first = *ObjectId::parse(repo.commit_all("first"));
  const auto repository = Repository::open(repo.path());
  const std::string ref = snapshot("s/x");
  REQUIRE(create_ref(repository, ref, first));
  const std::string lock = ".git/" + ref + ".lock";
  const std::string packed_lock = ".git/packed-refs.lock";
  SUBCASE("a ref whose lock changes hands meanwhile stays") {
    repo.write(lock, "");
    std::thread other([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(500));
      repo.write(lock + ".new", "another process'");
      fs::rename(repo.path(lock + ".new"), repo.path(lock));
    });
    CHECK(delete_refs(repository, {{ref, first}}, kPrefix).size() == 1);
    other.join();
    CHECK(read_ref(repository, ref) == first);
    CHECK(repo.read(lock) == "another process'");
  }
  SUBCASE("one that does not change is what a killed process left") {
    repo.write(lock, "");
    CHECK(delete_refs(repository, {{ref, first}}, kPrefix).empty());
    CHECK_FALSE(read_ref(repository, ref));
    CHECK_FALSE(fs::exists(repo.path(lock)));
  }
  SUBCASE("another program's on packed-refs keeps all refs") {
    repo.write(packed_lock, "theirs");
    const auto undeleted = delete_refs(repository, {{ref, first}}, kPrefix);
    REQUIRE(undeleted.size() == 1);
    CHECK(undeleted[0].reason.find("packed-refs.lock' exists") != std::string::npos);
    CHECK(read_ref(repository, ref) == first);
    CHECK(repo.read(packed_lock) == "theirs");
    CHECK_FALSE(fs::exists(repo.path(lock)));
  }
  SUBCASE("ours are known by themselves, once their process is gone") {
    REQUIRE(delete_refs(repository, {{snapshot("s/none"), first}}, kPrefix).empty());
    const std::string mark = repo.path(".git/git-session/locks/refs");
    for (const std::string& name : {lock, packed_lock}) fs::create_hard_link(mark, repo.path(name));
    {
      const auto running = gs::FileLock::try_acquire(mark, gs::SystemClock().now(), nullptr);
      REQUIRE(running);
      gs::git::remove_stale_ref_locks(repository);
      CHECK(fs::exists(repo.path(lock)));
      CHECK(fs::exists(repo.path(packed_lock)));
    }
    repo.write(".git/refs/heads/theirs.lock", "");
    gs::git::remove_stale_ref_locks(repository);
    CHECK_FALSE(fs::exists(repo.path(lock)));
    CHECK_FALSE(fs::exists(repo.path(packed_lock)));
    CHECK(fs::exists(repo.path(".git/refs/heads/theirs.lock")));
  }
}

TEST_CASE("hooks on ref transactions run, and reflogs go with their refs") {
  TempRepo repo;
  const ObjectId first = *ObjectId::parse(repo.commit_all("first"));
  const std::string ref = snapshot("s/x");
  SUBCASE("a hook that lets it pass") {
    repo.git({"update-ref", ref, "HEAD"});
    repo.write(".git/hooks/reference-transaction", "#!/bin/sh\necho \"$1\" >>seen\ncat >>seen\n");
    fs::permissions(repo.path(".git/hooks/reference-transaction"), fs::perms::owner_all);
    CHECK(delete_refs(Repository::open(repo.path()), {{ref, first}}, kPrefix).empty());
    CHECK(repo.read("seen").find("committed\n" + first.hex()) != std::string::npos);
  }
  SUBCASE("a hook that refuses") {
    repo.git({"update-ref", ref, "HEAD"});
    repo.write(".git/hooks/reference-transaction", "#!/bin/sh\nexit 1\n");
    fs::permissions(repo.path(".git/hooks/reference-transaction"), fs::perms::owner_all);
    CHECK(delete_refs(Repository::open(repo.path()), {{ref, first}}, kPrefix).size() == 1);
    CHECK(read_ref(Repository::open(repo.path()), ref) == first);
  }
  SUBCASE("a reflog") {
    repo.git({"config", "core.logAllRefUpdates", "always"});
    repo.git({"update-ref", ref, "HEAD"});
    REQUIRE(fs::exists(repo.path(".git/logs/" + ref)));
    CHECK(delete_refs(Repository::open(repo.path()), {{ref, first}}, kPrefix).empty());
    CHECK_FALSE(fs::exists(repo.path(".git/logs/" + ref)));
  }
  SUBCASE("a packed-refs that is a link stays one") {
    repo.git({"update-ref", ref, "HEAD"});
    repo.git({"pack-refs", "--all"});
    fs::rename(repo.path(".git/packed-refs"), repo.path(".git/elsewhere"));
    fs::create_symlink("elsewhere", repo.path(".git/packed-refs"));
    CHECK(delete_refs(Repository::open(repo.path()), {{ref, first}}, kPrefix).empty());
    CHECK(fs::is_symlink(repo.path(".git/packed-refs")));
    CHECK_FALSE(read_ref(Repository::open(repo.path()), ref));
  }
}
