#include "git/index/real_index.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "base/error.h"
#include "base/file/file.h"
#include "support/temp_repo.h"

using gs::RepoPath;
using gs::git::RealIndex;
using gs::git::Repository;
using gs::git::TreeEntry;
using gs::test::TempRepo;

namespace {

struct ActiveWorktree {
  TempRepo repo;
  std::string scratch;
  ActiveWorktree() {
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

TEST_CASE("the real index takes the changes, and no lock stays") {
  const ActiveWorktree scene;
  const Repository repository = Repository::open(scene.repo.path());
  RealIndex index(repository, scene.scratch);
  CHECK(scene.locked());
  CHECK_FALSE(scene.repo.try_git({"rm", "--cached", "a"}).ok());
  index.prepare({{RepoPath("a"), TreeEntry{}}});
  CHECK(scene.repo.git({"ls-files"}) == "a");
  index.put_in_place();
  CHECK(scene.locked());
  index.unlock();
  CHECK(scene.repo.git({"ls-files"}).empty());
  CHECK_FALSE(scene.locked());
  CHECK(gs::list_directory(scene.scratch).empty());
}

TEST_CASE("the lock that a killed process of ours left is removed, anybody else's is not") {
  const ActiveWorktree scene;
  const Repository repository = Repository::open(scene.repo.path());
  gs::write_file_atomically(scene.scratch + "/index-lock", "");
  REQUIRE(link((scene.scratch + "/index-lock").c_str(),
               scene.repo.path(".git/index.lock").c_str()) == 0);
  RealIndex::remove_stale_lock(repository, scene.scratch);
  CHECK_FALSE(scene.locked());

  scene.repo.write(".git/index.lock", "");
  RealIndex::remove_stale_lock(repository, scene.scratch);
  CHECK(scene.locked());
  CHECK_THROWS_AS(RealIndex(repository, scene.scratch), gs::Error);
  CHECK(scene.locked());
  CHECK(scene.repo.git({"ls-files"}) == "a");
}

TEST_CASE("a commit takes along its own paths of the index, and what was staged over them") {
  const ActiveWorktree scene;
  scene.repo.write("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
  scene.repo.write("b", "b\n");
  scene.repo.commit_all("second");
  const Repository repository = Repository::open(scene.repo.path());
  const auto parent = repository.head().commit;
  const auto entry = [&](const std::string& text) {
    return TreeEntry{gs::git::FileMode::Regular, repository.write_blob(text)};
  };
  const auto tree = repository.edit_tree(
      repository.commit(*parent).tree,
      {{RepoPath("a"), entry("ONE\n2\n3\n4\n5\n6\n7\n8\n9\n")}, {RepoPath("new"), entry("new\n")}});
  const auto commit =
      repository.write_commit(tree, {*parent}, "feat: x\n", gs::Timestamp(std::chrono::seconds(1)));
  const auto follow = [&] {
    RealIndex index(repository, scene.scratch);
    index.prepare(gs::git::follow_commit(repository, index, parent, commit));
    index.put_in_place();
    index.unlock();
  };
  SUBCASE("as they are") {
    scene.repo.write("b", "somebody's\n");
    scene.repo.git({"add", "b"});
    follow();
    CHECK(scene.repo.git({"diff", "--cached", "--name-only", commit.hex()}) == "b");
  }
  SUBCASE("another part of the same file stays staged") {
    scene.repo.write("a", "1\n2\n3\n4\n5\n6\n7\n8\nNINE\n");
    scene.repo.git({"add", "a"});
    follow();
    CHECK(scene.repo.git({"show", ":a"}) == "ONE\n2\n3\n4\n5\n6\n7\n8\nNINE");
  }
  SUBCASE("what collides stays as it was staged") {
    scene.repo.write("a", "eins\n2\n3\n4\n5\n6\n7\n8\n9\n");
    scene.repo.git({"add", "a"});
    follow();
    CHECK(scene.repo.git({"show", ":a"}).starts_with("eins"));
  }
  SUBCASE("a conflict stays one") {
    const std::string blob = scene.repo.git({"rev-parse", ":b"});
    gs::ProcessOptions stages;
    stages.input = "100644 " + blob + " 2\tnew\n100644 " + blob + " 3\tnew\n";
    REQUIRE(repository.git().run({"update-index", "--index-info"}, stages).ok());
    follow();
    CHECK(scene.repo.git({"ls-files", "-u"}).find("\tnew") != std::string::npos);
  }
}

TEST_CASE("the index gets back to what it was before it followed commits") {
  const ActiveWorktree scene;
  const std::string nine = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  for (const char* name : {"a", "b", "gone", "staged", "partly"}) scene.repo.write(name, nine);
  scene.repo.commit_all("second");
  const Repository repository = Repository::open(scene.repo.path());
  const auto parent = repository.head().commit;
  const auto entry = [&](const std::string& text) {
    return TreeEntry{gs::git::FileMode::Regular, repository.write_blob(text)};
  };
  const auto commit_on = [&](const gs::git::ObjectId& below, std::vector<gs::git::TreeEdit> edits) {
    const auto tree = repository.edit_tree(repository.commit(below).tree, std::move(edits));
    return repository.write_commit(tree, {below}, "x\n", gs::Timestamp(std::chrono::seconds(1)));
  };
  const std::string ours = "ONE\n2\n3\n4\n5\n6\n7\n8\n9\n";
  const auto first = commit_on(*parent, {{RepoPath("a"), entry(ours)},
                                         {RepoPath("gone"), {}},
                                         {RepoPath("new"), entry("new\n")},
                                         {RepoPath("intended"), entry("intended\n")},
                                         {RepoPath("staged"), entry(ours)},
                                         {RepoPath("partly"), entry(ours)}});
  const auto second = commit_on(first, {{RepoPath("a"), entry("two\n")}});

  scene.repo.write("intended", "intended\n");
  scene.repo.git({"add", "-N", "intended"});
  scene.repo.write("staged", ours);
  scene.repo.write("partly", "1\n2\n3\n4\n5\n6\n7\n8\nNINE\n");
  scene.repo.write("b", "somebody's\n");
  scene.repo.git({"add", "staged", "partly", "b"});
  const auto listing = [&] {
    return scene.repo.git({"ls-files", "--stage"}) +
           scene.repo.git({"diff", "--name-only", "--diff-filter=A"});
  };
  const std::string before = listing();

  std::vector<gs::git::FollowedCommit> followed;
  const auto follow = [&](const std::optional<gs::git::ObjectId>& from,
                          const gs::git::ObjectId& commit) {
    RealIndex index(repository, scene.scratch);
    std::vector<gs::git::StagedPath> staged;
    index.prepare(gs::git::follow_commit(repository, index, from, commit, std::nullopt, &staged));
    index.put_in_place();
    index.unlock();
    scene.repo.git({"update-ref", "HEAD", commit.hex()});
    followed.push_back({from, commit, std::move(staged)});
  };
  follow(parent, first);
  follow(first, second);
  std::vector<RepoPath> paths;
  for (const gs::git::StagedPath& staged : followed[0].staged) paths.push_back(staged.path);
  CHECK(paths ==
        std::vector<RepoPath>{RepoPath("intended"), RepoPath("partly"), RepoPath("staged")});
  CHECK(followed[1].staged.empty());

  std::vector<RepoPath> left;
  const auto back = [&] {
    RealIndex index(repository, scene.scratch);
    index.prepare(gs::git::unfollow_commits(repository, index, followed, left));
    index.put_in_place();
    index.unlock();
    scene.repo.git({"update-ref", "HEAD", parent->hex()});
  };
  SUBCASE("entry for entry") {
    back();
    CHECK(listing() == before);
    CHECK(left.empty());
    back();  // once more, as after a kill
    CHECK(listing() == before);
  }
  SUBCASE("what was staged since is carried over, or left") {
    scene.repo.write("partly", "ONE\n2\n3\n4\n5\nsince\n7\n8\nNINE\n");
    scene.repo.write("a", "other\n");
    scene.repo.git({"add", "partly", "a"});
    back();
    CHECK(scene.repo.git({"show", ":partly"}) == "1\n2\n3\n4\n5\nsince\n7\n8\nNINE");
    CHECK(scene.repo.git({"show", ":a"}) == "other");
    CHECK(left == std::vector<RepoPath>{RepoPath("a")});
  }
}
