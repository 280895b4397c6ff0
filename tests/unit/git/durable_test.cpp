#include "git/durable.h"

#include <doctest/doctest.h>

#include "support/temp_repo.h"

using gs::git::Repository;
using gs::git::syncing;
using gs::test::TempRepo;

TEST_CASE("a command syncs refs and index beside what the user wants synced") {
  TempRepo repo;
  repo.git({"config", "core.fsync", ""});
  const auto words = [&] { return syncing(Repository::open(repo.path()), {"update-ref", "x"}); };
  CHECK(words() == std::vector<std::string>{"-c", "core.fsync=reference,index", "update-ref", "x"});
  repo.git({"config", "core.fsync", "committed, -pack"});
  CHECK(words()[1] == "core.fsync=committed, -pack,reference,index");
  repo.git({"config", "core.fsync", "none, pack"});
  CHECK(words() == std::vector<std::string>{"update-ref", "x"});
}
