#include "git/index/index_file.h"

#include <doctest/doctest.h>

#include "support/temp_repo.h"

using gs::git::IndexFile;
using gs::test::TempRepo;

namespace {

std::optional<IndexFile> read(const TempRepo& repo) {
  return IndexFile::read(repo.path(".git/index"));
}

}  // namespace

TEST_CASE("entries are those that git lists, in every version of the file") {
  TempRepo repo;
  for (const char* name : {"a", "directory/deep/one", "directory/deep/other", "z"}) {
    repo.write(name, name);
  }
  // Longer than the twelve bits that the file has for a length.
  std::string long_name;
  for (int i = 0; i < 50; ++i) long_name += std::string(99, 'n') + '/';
  repo.git({"add", "-A"});
  repo.git({"update-index", "--add", "--cacheinfo",
            "100644," + repo.git({"rev-parse", ":a"}) + "," + long_name + "n"});
  for (const char* version : {"2", "3", "4"}) {
    CAPTURE(version);
    repo.git({"update-index", "--index-version", version});
    const auto index = read(repo);
    REQUIRE(index);
    std::string listing;
    for (const auto& entry : index->entries()) {
      if (!listing.empty()) listing += '\n';
      listing +=
          format_mode(entry.mode) + " " + entry.oid().hex() + " 0\t" + std::string(entry.path);
    }
    CHECK(listing == repo.git({"ls-files", "--stage"}));
  }
}

TEST_CASE("what git notes about a path is read") {
  TempRepo repo;
  for (const char* name : {"assumed", "skipped"}) repo.write(name, "1\n");
  repo.commit_all("first");
  repo.write("intended", "1\n");
  repo.git({"add", "-N", "intended"});
  repo.git({"update-index", "--assume-unchanged", "assumed"});
  repo.git({"update-index", "--skip-worktree", "skipped"});
  const auto index = read(repo);
  REQUIRE(index);
  REQUIRE(index->entries().size() == 3);
  CHECK(index->entries()[0].assume_unchanged);
  CHECK(index->entries()[0].stat_data().size == 2);
  CHECK(index->entries()[1].intent_to_add);
  CHECK(index->entries()[2].skip_worktree);
}

TEST_CASE("cached trees name the tree of what is committed, and of nothing that changed since") {
  TempRepo repo;
  repo.write("d/a", "1\n");
  repo.write("e/a", "1\n");
  repo.commit_all("first");
  repo.write("e/a", "2\n");
  repo.git({"add", "e/a"});
  const auto index = read(repo);
  REQUIRE(index);
  REQUIRE(index->cached_tree());
  CHECK_FALSE(index->cached_tree()->tree);
  REQUIRE(index->cached_tree()->child("d") != nullptr);
  CHECK(index->cached_tree()->child("d")->tree->hex() == repo.git({"rev-parse", "HEAD:d"}));
}

TEST_CASE("a missing index is empty; a split, torn or foreign one is left to git") {
  TempRepo repo;
  REQUIRE(read(repo));
  CHECK(read(repo)->entries().empty());
  repo.write("a", "1\n");
  repo.git({"add", "a"});
  const std::string whole = repo.read(".git/index");
  for (std::size_t size = 0; size < whole.size() - 20; ++size) {
    gs::write_file_atomically(repo.path(".git/index"), whole.substr(0, size));
    CAPTURE(size);
    const auto index = read(repo);
    // Less than its checksum: a whole file of nothing but the header cannot come of this one.
    CHECK((!index || index->entries().size() == 1));
  }
  gs::write_file_atomically(repo.path(".git/index"), whole);
  repo.git({"update-index", "--split-index"});
  CHECK_FALSE(read(repo));
}
