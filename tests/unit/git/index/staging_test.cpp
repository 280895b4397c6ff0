#include "git/index/staging.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "support/temp_repo.h"

using gs::RepoPath;
using gs::git::FileMode;
using gs::git::IndexChange;
using gs::git::ObjectId;
using gs::git::Repository;
using gs::git::TreeEntry;
using gs::test::TempRepo;

namespace {

TreeEntry blob(const Repository& repository, const std::string& content) {
  return {FileMode::Regular, repository.write_blob(content)};
}

void add_hook(const TempRepo& repo, const std::string& name, const std::string& body) {
  repo.write(".git/hooks/" + name, "#!/bin/sh\n" + body + "\n");
  REQUIRE(chmod(repo.path(".git/hooks/" + name).c_str(), 0755) == 0);
}

}  // namespace

TEST_CASE("a private index is filled, changed and written as a tree; our own stays as it is") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.write("dir/b", "1\n");
  repo.commit_all("first");
  repo.git({"config", "core.splitIndex", "true"});
  add_hook(repo, "post-index-change", "touch .git/hook-ran");
  const std::string own = repo.read(".git/index");
  const auto repository = Repository::open(repo.path());
  const std::string index = repo.path(".git/private");
  gs::git::read_tree_into_index(repository, index, "HEAD");
  CHECK(gs::git::write_index_tree(repository, index).hex() ==
        repo.git({"rev-parse", "HEAD^{tree}"}));
  // A file in a directory's place, a directory in a file's place; additions are given first.
  const std::vector<IndexChange> changes{{RepoPath("a/below"), blob(repository, "2\n")},
                                         {RepoPath("dir"), blob(repository, "3\n")},
                                         {RepoPath("a"), {}},
                                         {RepoPath("dir/b"), {}},
                                         {RepoPath("odd \"\n\xff"), blob(repository, "4\n")},
                                         {RepoPath("not there"), {}}};
  gs::git::apply_to_index(repository, index, changes);
  const ObjectId tree = gs::git::write_index_tree(repository, index);
  CHECK(repo.git({"ls-tree", "-r", "-z", "--name-only", tree.hex()}) ==
        std::string("a/below\0dir\0odd \"\n\xff\0", 20));
  CHECK(repo.read(".git/index") == own);
  CHECK_FALSE(gs::file_info(repo.path(".git/hook-ran")));
  for (const std::string& name : gs::list_directory(repo.path(".git"))) {
    CHECK_FALSE(name.starts_with("sharedindex."));
  }
}

TEST_CASE("changes of our own index leave everything else staged") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.commit_all("first");
  repo.write("b", "staged by somebody\n");
  repo.git({"add", "b"});
  const auto repository = Repository::open(repo.path());
  gs::git::apply_to_index(repository, "", {{RepoPath("a"), blob(repository, "2\n")}});
  gs::git::apply_to_index(repository, "", {});
  CHECK(repo.git({"diff", "--cached", "--name-only"}) == "a\nb");
}

TEST_CASE("a path that an index cannot hold is an error that names it") {
  TempRepo repo;
  const auto repository = Repository::open(repo.path());
  try {
    gs::git::apply_to_index(repository, "", {{RepoPath(".git/x"), blob(repository, "1")}});
    FAIL("accepted");
  } catch (const gs::Error& error) {
    CHECK(error.message().find(".git/x") != std::string::npos);
  }
}

TEST_CASE("index entries are those of exactly the paths asked for, in their order") {
  TempRepo repo;
  repo.write("a/x", "1\n");
  repo.write("b*", "2\n");
  repo.write("bc", "3\n");
  repo.write(":(top)d", "4\n");
  repo.commit_all("first");
  const auto repository = Repository::open(repo.path("a"));
  const auto entries = gs::git::index_entries(
      repository, {RepoPath("bc"), RepoPath("a"), RepoPath("b*"), RepoPath("none"), RepoPath("a/x"),
                   RepoPath(":(top)d"), RepoPath("bc")});
  REQUIRE(entries.size() == 7);
  CHECK(entries[0].oid == Repository::hash_blob("3\n"));
  CHECK_FALSE(entries[1].present());
  CHECK(entries[2].oid == Repository::hash_blob("2\n"));
  CHECK_FALSE(entries[3].present());
  CHECK(entries[4].oid == Repository::hash_blob("1\n"));
  CHECK(entries[5].oid == Repository::hash_blob("4\n"));
  CHECK(entries[6] == entries[0]);
  CHECK(gs::git::index_entries(repository, {}).empty());
}

TEST_CASE("more paths than arguments can hold are no problem") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.commit_all("first");
  std::vector<RepoPath> paths;
  for (int i = 0; i < 60000; ++i) {
    paths.emplace_back("some/directory/with a long name " + std::to_string(i));
  }
  paths.emplace_back("a");
  const auto entries = gs::git::index_entries(Repository::open(repo.path()), paths);
  CHECK(entries.back().present());
  CHECK_FALSE(entries.front().present());
}

TEST_CASE("an unmerged path has no entry of its own") {
  TempRepo repo;
  repo.write("a", "base\n");
  repo.commit_all("base");
  repo.git({"checkout", "-q", "-b", "side"});
  repo.write("a", "theirs\n");
  repo.commit_all("side");
  repo.git({"checkout", "-q", "main"});
  repo.write("a", "ours\n");
  repo.commit_all("main");
  CHECK_FALSE(repo.try_git({"merge", "side"}).ok());
  const auto entries = gs::git::index_entries(Repository::open(repo.path()), {RepoPath("a")});
  CHECK_FALSE(entries[0].present());
}
