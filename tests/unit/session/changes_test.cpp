#include "session/changes.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::TempRepo;

namespace {

class ChangesRepo : public TempRepo {
 public:
  ChangesRepo() {
    write("a", "a\n");
    write("b", "b\n");
    write("dir/c", "c\n");
    base = commit_all("base");
  }
  [[nodiscard]] std::vector<Change> changes() const { return changes_since(base); }
  [[nodiscard]] std::vector<Change> changes_since(const std::string& revision) const {
    const auto repository = git::Repository::open(path());
    std::optional<git::ObjectId> commit;
    if (!revision.empty()) commit = repository.resolve_commit(revision).value();
    return find_changes(repository, commit, git::read_status(repository)).changes;
  }
  [[nodiscard]] Change only_change() const {
    auto all = changes();
    REQUIRE(all.size() == 1);
    return all[0];
  }
  std::string base;
};

git::TreeEntry blob_of(std::string_view content, git::FileMode mode = git::FileMode::Regular) {
  return {mode, git::Repository::hash_blob(content)};
}
const git::TreeEntry kAbsent;

std::vector<std::string> paths(const std::vector<Change>& changes) {
  std::vector<std::string> names;
  for (const Change& change : changes) names.push_back(change.path.bytes());
  return names;
}

}  // namespace

TEST_CASE("a clean tree at its base has no change") {
  CHECK(ChangesRepo().changes().empty());
}

TEST_CASE("an edit in the work tree has the base's content in HEAD and index") {
  const ChangesRepo repo;
  repo.write("a", "new\n");
  const Change change = repo.only_change();
  CHECK(change.path == RepoPath("a"));
  CHECK(change.base == blob_of("a\n"));
  CHECK(change.head == blob_of("a\n"));
  CHECK(change.index == blob_of("a\n"));
  CHECK(change.worktree == blob_of("new\n"));
  CHECK_FALSE(change.untracked);
  CHECK(change.uncommitted());
  CHECK_FALSE(change.committed());
}

TEST_CASE("a staged edit that the work tree goes on from has three contents") {
  const ChangesRepo repo;
  repo.write("a", "staged\n");
  repo.git({"add", "a"});
  repo.write("a", "later\n");
  const Change change = repo.only_change();
  CHECK(change.head == blob_of("a\n"));
  CHECK(change.index == blob_of("staged\n"));
  CHECK(change.worktree == blob_of("later\n"));
}

TEST_CASE("what was committed since the base is a change, and clean") {
  const ChangesRepo repo;
  repo.write("a", "committed\n");
  repo.write("new", "new\n");
  repo.remove("b");
  repo.commit_all("more");
  const auto changes = repo.changes();
  CHECK(paths(changes) == std::vector<std::string>{"a", "b", "new"});
  CHECK(changes[0].base == blob_of("a\n"));
  CHECK(changes[0].worktree == blob_of("committed\n"));
  CHECK(changes[1].head == kAbsent);
  CHECK(changes[1].worktree == kAbsent);
  CHECK(changes[2].base == kAbsent);
  for (const Change& change : changes) {
    CHECK(change.committed());
    CHECK_FALSE(change.uncommitted());
  }
}

TEST_CASE("an edit on top of a commit keeps the base apart from HEAD") {
  const ChangesRepo repo;
  repo.write("a", "committed\n");
  repo.commit_all("more");
  repo.write("a", "a\n");
  const Change change = repo.only_change();
  CHECK(change.base == blob_of("a\n"));
  CHECK(change.head == blob_of("committed\n"));
  CHECK(change.worktree == blob_of("a\n"));
  CHECK(change.uncommitted());
}

TEST_CASE("untracked files count from everywhere in the tree, ignored ones do not") {
  const ChangesRepo repo;
  repo.write(".git/info/exclude", "*.log\n");
  repo.write("x.log", "no");
  repo.write("dir/deep/n e w", "new\n");
  const Change change = repo.only_change();
  CHECK(change.path == RepoPath("dir/deep/n e w"));
  CHECK(change.untracked);
  CHECK(change.head == kAbsent);
  CHECK(change.index == kAbsent);
  CHECK(change.worktree == blob_of("new\n"));
}

TEST_CASE("a deletion is told from a staged deletion") {
  const ChangesRepo repo;
  repo.remove("a");
  repo.git({"rm", "-q", "b"});
  const auto changes = repo.changes();
  REQUIRE(paths(changes) == std::vector<std::string>{"a", "b"});
  CHECK(changes[0].index == blob_of("a\n"));
  CHECK(changes[0].worktree == kAbsent);
  CHECK(changes[1].index == kAbsent);
  CHECK(changes[1].worktree == kAbsent);
  CHECK_FALSE(changes[1].untracked);
}

TEST_CASE("a path taken from the index that stays in the work tree is untracked, and in HEAD") {
  const ChangesRepo repo;
  repo.git({"rm", "-q", "--cached", "a"});
  const Change change = repo.only_change();
  CHECK(change.head == blob_of("a\n"));
  CHECK(change.base == blob_of("a\n"));
  CHECK(change.index == kAbsent);
  CHECK(change.worktree == blob_of("a\n"));
  CHECK(change.untracked);
}

TEST_CASE("a file deleted by a commit and there again is a change on top of the commit") {
  const ChangesRepo repo;
  repo.git({"rm", "-q", "a"});
  repo.commit_all("without a");
  repo.write("a", "back\n");
  const Change change = repo.only_change();
  CHECK(change.base == blob_of("a\n"));
  CHECK(change.head == kAbsent);
  CHECK(change.worktree == blob_of("back\n"));
  CHECK(change.untracked);
}

TEST_CASE("modes, symlinks and a directory in place of a file are changes") {
  const ChangesRepo repo;
  REQUIRE(chmod(repo.path("a").c_str(), 0755) == 0);
  repo.remove("b");
  REQUIRE(symlink("a", repo.path("b").c_str()) == 0);
  repo.remove("dir/c");
  repo.write("dir/c/inside", "x\n");
  const auto changes = repo.changes();
  REQUIRE(paths(changes) == std::vector<std::string>{"a", "b", "dir/c", "dir/c/inside"});
  CHECK(changes[0].worktree == blob_of("a\n", git::FileMode::Executable));
  CHECK(changes[1].worktree == blob_of("a", git::FileMode::Symlink));
  CHECK(changes[2].worktree == kAbsent);
  CHECK(changes[3].untracked);
}

TEST_CASE("work-tree content is hashed as git would store it") {
  const ChangesRepo repo;
  repo.git({"config", "core.autocrlf", "true"});
  repo.write("a", "a\r\n");  // only the line ending: no change at all
  repo.write("b", "b2\r\n");
  const Change change = repo.only_change();
  CHECK(change.path == RepoPath("b"));
  CHECK(change.worktree == blob_of("b2\n"));
}

TEST_CASE("an intent to add stages nothing, and the path is not untracked") {
  const ChangesRepo repo;
  repo.write("new", "new\n");
  repo.git({"add", "-N", "new"});
  const Change change = repo.only_change();
  CHECK(change.index == kAbsent);
  CHECK(change.worktree == blob_of("new\n"));
  CHECK_FALSE(change.untracked);
}

TEST_CASE("an unmerged path is uncommitted and has no content in the index") {
  const ChangesRepo repo;
  repo.git({"checkout", "-q", "-b", "side"});
  repo.write("a", "side\n");
  repo.commit_all("side");
  repo.git({"checkout", "-q", "main"});
  repo.write("a", "main\n");
  repo.commit_all("main");
  CHECK_FALSE(repo.try_git({"merge", "side"}).ok());
  const Change change = repo.only_change();
  CHECK(change.head == blob_of("main\n"));
  CHECK(change.index == kAbsent);
  CHECK(change.worktree.present());
  CHECK(change.uncommitted());
}

TEST_CASE("without a base everything since the empty tree is a change") {
  const ChangesRepo repo;
  repo.write("u", "u\n");
  const auto changes = repo.changes_since("");
  CHECK(paths(changes) == std::vector<std::string>{"a", "b", "dir/c", "u"});
  CHECK(changes[0].base == kAbsent);
}

TEST_CASE("an unborn branch has changes too") {
  const TempRepo repo;
  repo.write("staged", "s\n");
  repo.git({"add", "staged"});
  repo.write("loose", "l\n");
  const auto repository = git::Repository::open(repo.path());
  const auto changes = find_changes(repository, std::nullopt, git::read_status(repository)).changes;
  REQUIRE(paths(changes) == std::vector<std::string>{"loose", "staged"});
  CHECK(changes[0].untracked);
  CHECK(changes[1].index == blob_of("s\n"));
}

TEST_CASE("a submodule counts when its commit moved, not when it is only dirty inside") {
  const ChangesRepo inner;
  const ChangesRepo repo;
  repo.git({"submodule", "--quiet", "add", inner.path(), "module"});
  repo.commit_all("module");
  const auto repository = git::Repository::open(repo.path());
  const auto base = repository.head().commit;
  const auto changes = [&] {
    return find_changes(repository, base, git::read_status(repository)).changes;
  };
  CHECK(changes().empty());
  repo.write("module/a", "dirty\n");
  CHECK(changes().empty());
  repo.git({"-C", "module", "commit", "-q", "-am", "moved"});
  const auto moved = changes();
  REQUIRE(paths(moved) == std::vector<std::string>{"module"});
  CHECK(moved[0].worktree.mode == git::FileMode::Gitlink);
  CHECK(moved[0].worktree != moved[0].head);
}

TEST_CASE("looking for changes stores nothing and leaves the index file alone") {
  const ChangesRepo repo;
  repo.write("a", "content that nobody has stored\n");
  const std::string index = repo.read(".git/index");
  CHECK(repo.changes().size() == 1);
  CHECK(repo.read(".git/index") == index);
  const std::string oid = git::Repository::hash_blob("content that nobody has stored\n").hex();
  CHECK_FALSE(repo.try_git({"cat-file", "-e", oid}).ok());
}
