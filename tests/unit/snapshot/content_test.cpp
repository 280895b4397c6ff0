#include "base/error.h"
#include "snapshot_fixture.h"

using namespace gs;
using namespace gs::test;

namespace {

std::vector<std::string> described(const std::vector<snapshot::FileChange>& changes) {
  std::vector<std::string> lines;
  lines.reserve(changes.size());
  for (const auto& change : changes) lines.push_back(change.status + (" " + change.path.bytes()));
  return lines;
}

}  // namespace

TEST_CASE("a snapshot tells what was staged, unstaged and untracked") {
  const TempRepo repo;
  for (const char* name : {"deleted", "edited", "mode", "removed", "retyped", "staged"}) {
    repo.write(name, name);
  }
  repo.commit_all("base");
  repo.write("staged", "s");
  repo.write("added", "a");
  repo.git({"add", "staged", "added"});
  repo.git({"rm", "-q", "removed"});
  repo.write("staged", "t");
  repo.write("edited", "e");
  repo.remove("deleted");
  put_link(repo, "retyped", "x");
  set_mode(repo, "mode", 0755);
  repo.write("new/one", "");
  repo.write("new/two", "");
  const auto repository = git::Repository::open(repo.path());
  const auto found = snapshot::content(repository, snapshot::find(repository, save(repo).ref, {}));
  CHECK(described(found.staged) == std::vector<std::string>{"A added", "D removed", "M staged"});
  CHECK(described(found.unstaged) ==
        std::vector<std::string>{"D deleted", "M edited", "M mode", "T retyped", "M staged"});
  CHECK(found.untracked == std::vector{RepoPath("new/one"), RepoPath("new/two")});
}

TEST_CASE("a commit that is not a stash has no content to show") {
  const TempRepo repo;
  repo.commit_all("base");
  const std::string ref = "refs/so-snapshots/s/wave-1-x";
  repo.git({"update-ref", ref, "HEAD"});
  const auto repository = git::Repository::open(repo.path());
  const auto snapshot = snapshot::find(repository, ref, {});
  CHECK_THROWS_AS(static_cast<void>(snapshot::content(repository, snapshot)), Error);
}
