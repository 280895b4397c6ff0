#include "git/own_index.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "base/error.h"
#include "base/file.h"
#include "support/temp_repo.h"

using gs::RepoPath;
using gs::git::apply_to_own_index;
using gs::git::Repository;
using gs::git::TreeEntry;
using gs::git::unlock_own_index;
using gs::test::TempRepo;

namespace {

struct Scene {
  TempRepo repo;
  std::string scratch;
  Scene() {
    repo.write("a", "a");
    repo.commit_all("first");
    scratch = repo.path(".git/git-session/close");
    gs::make_directories(scratch);
  }
  [[nodiscard]] bool locked() const {
    return std::filesystem::exists(repo.path(".git/index.lock"));
  }
};

}  // namespace

TEST_CASE("the repository's own index takes the changes, and no lock stays") {
  const Scene scene;
  apply_to_own_index(Repository::open(scene.repo.path()), scene.scratch,
                     {{RepoPath("a"), TreeEntry{}}});
  CHECK(scene.repo.git({"ls-files"}).empty());
  CHECK_FALSE(scene.locked());
  CHECK(gs::list_directory(scene.scratch).empty());
}

TEST_CASE("the lock that a killed process of ours left is removed, anybody else's is not") {
  const Scene scene;
  const Repository repository = Repository::open(scene.repo.path());
  gs::write_file_atomically(scene.scratch + "/index-lock", "");
  REQUIRE(link((scene.scratch + "/index-lock").c_str(),
               scene.repo.path(".git/index.lock").c_str()) == 0);
  unlock_own_index(repository, scene.scratch);
  CHECK_FALSE(scene.locked());

  scene.repo.write(".git/index.lock", "");
  unlock_own_index(repository, scene.scratch);
  CHECK(scene.locked());
  CHECK_THROWS_AS(apply_to_own_index(repository, scene.scratch, {{RepoPath("a"), TreeEntry{}}}),
                  gs::Error);
  CHECK(scene.locked());
  CHECK(scene.repo.git({"ls-files"}) == "a");
}
