#include "git/repository.h"

#include <doctest/doctest.h>

#include "support/temp_repo.h"

using gs::git::Repository;
using gs::test::TempRepo;

TEST_CASE("a repository opens at its top") {
  TempRepo repo;
  repo.write("a", "1\n");
  const std::string id = repo.commit_all("first");
  const auto repository = Repository::open(repo.path());
  CHECK(repository.work_tree() == repo.path());
  CHECK(repository.head().commit->hex() == id);
}
