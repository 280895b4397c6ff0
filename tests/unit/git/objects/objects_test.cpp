#include <doctest/doctest.h>

#include "base/error.h"
#include "git/repository.h"
#include "support/temp_repo.h"

using gs::git::ObjectId;
using gs::git::Repository;
using gs::test::TempRepo;

namespace {

ObjectId id_of(const TempRepo& repo, const std::string& revision) {
  return *ObjectId::parse(repo.git({"rev-parse", revision}));
}

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const gs::Error& error) {
    return error.message();
  }
  return "no error";
}

}  // namespace

TEST_CASE("a blob is stored as it is given, under git's name for it") {
  TempRepo repo;
  const auto repository = Repository::open(repo.path());
  const std::string content("odd\r\n\0bytes\xff", 12);
  const ObjectId oid = repository.write_blob(content);
  CHECK(oid == Repository::hash_blob(content));
  CHECK(repository.read_blob(oid) == content);
  CHECK(repository.blob_size(oid) == content.size());
  repo.write("file", content);
  CHECK(repo.git({"hash-object", "--no-filters", "file"}) == oid.hex());
  CHECK(repo.git({"cat-file", "-t", oid.hex()}) == "blob");
  CHECK(repository.write_blob("").hex() == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
}

TEST_CASE("hashing stores nothing") {
  TempRepo repo;
  const ObjectId oid = Repository::hash_blob("never stored");
  CHECK_FALSE(repo.try_git({"cat-file", "-e", oid.hex()}).ok());
}

TEST_CASE("a missing object and one of another type are named") {
  TempRepo repo;
  const std::string commit = repo.commit_all("first");
  const auto repository = Repository::open(repo.path());
  const std::string missing(40, '1');
  CHECK(message_of([&] {
          static_cast<void>(repository.read_blob(*ObjectId::parse(missing)));
        }).find(missing) != std::string::npos);
  CHECK(message_of([&] {
          static_cast<void>(repository.commit(*ObjectId::parse(missing)));
        }).find(missing) != std::string::npos);
  CHECK(message_of([&] { static_cast<void>(repository.read_blob(id_of(repo, "HEAD"))); }) ==
        "object " + commit + " is not a blob");
  CHECK_THROWS_AS(static_cast<void>(repository.commit(id_of(repo, "HEAD^{tree}"))), gs::Error);
}

TEST_CASE("a commit is read whole") {
  TempRepo repo;
  const std::string first = repo.commit_all("first");
  repo.git({"commit", "-q", "--allow-empty", "--cleanup=verbatim", "-m",
            "subject of two\nlines\n\nbody\n", "--date=2026-01-02T03:04:05+0200"});
  const auto commit = Repository::open(repo.path()).commit(id_of(repo, "HEAD"));
  CHECK(commit.oid == id_of(repo, "HEAD"));
  CHECK(commit.tree == Repository::empty_tree());
  REQUIRE(commit.parents.size() == 1);
  CHECK(commit.parents[0].hex() == first);
  CHECK(commit.subject == "subject of two");
  CHECK(commit.message == "subject of two\nlines\n\nbody\n");
  CHECK(gs::format_utc(commit.author_time) == "2026-01-02T01:04:05.000Z");
  CHECK(gs::format_utc(commit.committer_time) == "2026-03-01T12:00:00.000Z");
}

TEST_CASE("a commit is written without an identity of the user, and is sound") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.commit_all("first");
  repo.git({"config", "user.useConfigOnly", "true"});
  repo.git({"config", "commit.gpgSign", "true"});
  const auto repository = Repository::open(repo.path());
  const auto time = *gs::parse_iso8601("2026-11-22T12:59:15.999Z");
  const ObjectId oid = repository.write_commit(id_of(repo, "HEAD^{tree}"), {id_of(repo, "HEAD")},
                                               "so-snapshot x\n", time);
  CHECK(repo.git({"cat-file", "commit", oid.hex()}) ==
        "tree " + repo.git({"rev-parse", "HEAD^{tree}"}) + "\nparent " +
            repo.git({"rev-parse", "HEAD"}) +
            "\nauthor git-session <git-session@localhost> 1795352355 +0000"
            "\ncommitter git-session <git-session@localhost> 1795352355 +0000"
            "\n\nso-snapshot x");
  CHECK_THROWS_AS(static_cast<void>(repository.write_commit(*ObjectId::parse(std::string(40, '1')),
                                                            {}, "", time)),
                  gs::Error);
  CHECK_THROWS_AS(
      static_cast<void>(repository.write_commit(
          Repository::empty_tree(), {*ObjectId::parse(std::string(40, '1'))}, "", time)),
      gs::Error);
  const ObjectId root = repository.write_commit(Repository::empty_tree(), {}, "root\n", time);
  const ObjectId merge =
      repository.write_commit(Repository::empty_tree(), {oid, root}, "three\n", time);
  CHECK(repository.commit(merge).parents == std::vector<ObjectId>{oid, root});
  CHECK(repo.try_git({"fsck", "--strict", "--no-dangling", merge.hex()}).err.empty());
}

TEST_CASE("in a partial clone git fetches what is missing") {
  TempRepo origin;
  origin.git({"config", "uploadpack.allowFilter", "true"});
  origin.git({"config", "uploadpack.allowAnySHA1InWant", "true"});
  origin.write("dir/a", "old\n");
  origin.commit_all("first");
  const ObjectId old_blob = id_of(origin, "HEAD:dir/a");
  const ObjectId old_tree = id_of(origin, "HEAD^{tree}");
  origin.write("dir/a", "new\n");
  origin.commit_all("second");
  const std::string filter = "--filter=tree:0";
  TempRepo here;
  here.git({"clone", "-q", filter, "file://" + origin.path(), "clone"});
  const auto repository = Repository::open(here.path("clone"));
  SUBCASE("a blob") {
    CHECK(repository.read_blob(old_blob) == "old\n");
  }
  SUBCASE("a blob's size") {
    CHECK(repository.blob_size(old_blob) == 4);
  }
  SUBCASE("trees on the way of a difference") {
    const auto diff = repository.diff_trees(old_tree, id_of(origin, "HEAD^{tree}"));
    REQUIRE(diff.size() == 1);
    CHECK(diff[0].before.oid == old_blob);
  }
  SUBCASE("a blob that is put into a tree") {
    const gs::git::TreeEntry entry{gs::git::FileMode::Regular, old_blob};
    const ObjectId tree =
        repository.edit_tree(id_of(origin, "HEAD^{tree}"), {{gs::RepoPath("dir/a"), entry}});
    CHECK(tree == old_tree);
  }
  SUBCASE("but nothing that is nowhere") {
    CHECK_THROWS_AS(static_cast<void>(repository.read_blob(*ObjectId::parse(std::string(40, '1')))),
                    gs::Error);
  }
}
