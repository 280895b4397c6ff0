#include "git/index/index_listing.h"

#include <doctest/doctest.h>

#include "git/repository.h"
#include "support/temp_repo.h"

using gs::RepoPath;
using gs::git::list_index;
using gs::git::own_index;
using gs::git::Repository;
using gs::test::TempRepo;

namespace {

// What the index has of these paths, as git prints it.
std::string listing(const Repository& repository, const std::vector<RepoPath>& paths) {
  std::string text;
  for (const gs::git::StagedEntry& entry : list_index(repository, paths))
    text +=
        std::to_string(entry.stage) + " " + entry.entry.oid.hex() + " " + entry.path.bytes() + "\n";
  return text;
}

}  // namespace

TEST_CASE("the index is read again once another process has written it") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.commit_all("first");
  const auto repository = Repository::open(repo.path());
  const auto first = own_index(repository);
  REQUIRE(first);
  CHECK(own_index(repository) == first);
  CHECK(listing(repository, {RepoPath("b")}).empty());
  repo.write("b", "2\n");
  repo.git({"add", "b"});
  CHECK(own_index(repository) != first);
  const std::string b = "0 " + repo.git({"rev-parse", ":b"}) + " b\n";
  CHECK(listing(repository, {RepoPath("b"), RepoPath("none")}) == b);
  CHECK(first->entries().size() == 1);
}

TEST_CASE("an index that only git can read is listed by git") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.commit_all("first");
  repo.git({"update-index", "--split-index"});
  const auto repository = Repository::open(repo.path());
  CHECK_FALSE(own_index(repository));
  CHECK(listing(repository, {RepoPath("a")}) == "0 " + repo.git({"rev-parse", ":a"}) + " a\n");
}

TEST_CASE("each stage of an unmerged path is listed") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.commit_all("first");
  repo.git({"checkout", "-q", "-b", "other"});
  repo.write("a", "2\n");
  repo.commit_all("theirs");
  repo.git({"checkout", "-q", "-"});
  repo.write("a", "3\n");
  repo.commit_all("ours");
  CHECK_FALSE(repo.try_git({"merge", "-q", "other"}).ok());
  const auto repository = Repository::open(repo.path());
  REQUIRE(own_index(repository));
  std::string stages;
  for (const char* stage : {"1", "2", "3"})
    stages += std::string(stage) + " " + repo.git({"rev-parse", std::string(":") + stage + ":a"}) +
              " a\n";
  CHECK(listing(repository, {RepoPath("a")}) == stages);
}
