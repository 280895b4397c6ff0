#include "git/status/status.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "support/scoped_environment.h"
#include "support/temp_repo.h"

using gs::RepoPath;
using gs::git::FileMode;
using gs::git::Repository;
using gs::git::Status;
using gs::git::StatusEntry;
using gs::test::TempRepo;

namespace {

Status scan_of(const TempRepo& repo, const std::string& directory = "") {
  return gs::git::read_status(
      Repository::open(directory.empty() ? repo.path() : repo.path(directory)));
}

StatusEntry only_entry(const TempRepo& repo) {
  const Status status = scan_of(repo);
  REQUIRE(status.entries.size() == 1);
  return status.entries[0];
}

}  // namespace

TEST_CASE("a clean tree is clean") {
  TempRepo repo;
  CHECK(scan_of(repo).clean());
  repo.write("a", "1\n");
  repo.commit_all("first");
  CHECK(scan_of(repo).clean());
}

TEST_CASE("head, index and work tree of a changed path are told apart") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.commit_all("first");
  const std::string head = repo.git({"rev-parse", "HEAD:a"});
  repo.write("a", "2\n");
  repo.git({"add", "a"});
  const std::string staged = repo.git({"rev-parse", ":a"});
  StatusEntry entry = only_entry(repo);
  CHECK(entry.path == RepoPath("a"));
  CHECK(entry.head.oid.hex() == head);
  CHECK(entry.index.oid.hex() == staged);
  CHECK(entry.index.mode == FileMode::Regular);
  CHECK(entry.worktree_mode == FileMode::Regular);
  CHECK_FALSE(entry.worktree_differs);
  repo.write("a", "3\n");
  CHECK(only_entry(repo).worktree_differs);
  repo.remove("a");
  entry = only_entry(repo);
  CHECK(entry.worktree_mode == FileMode::None);
  CHECK(entry.worktree_differs);
}

TEST_CASE("a new file on an unborn branch is in the index only") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.git({"add", "a"});
  const StatusEntry entry = only_entry(repo);
  CHECK_FALSE(entry.head.present());
  CHECK(entry.index.present());
  CHECK_FALSE(entry.worktree_differs);
}

TEST_CASE("a path that was taken out of the index only is both an entry and untracked") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.commit_all("first");
  repo.git({"rm", "-q", "--cached", "a"});
  const Status status = scan_of(repo);
  REQUIRE(status.entries.size() == 1);
  CHECK(status.entries[0].head.present());
  CHECK_FALSE(status.entries[0].index.present());
  CHECK(status.untracked == std::vector<RepoPath>{RepoPath("a")});
}

TEST_CASE("intent to add is known as such") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.git({"add", "-N", "a"});
  StatusEntry entry = only_entry(repo);
  CHECK(entry.intent_to_add);
  CHECK_FALSE(entry.index.present());
  CHECK_FALSE(entry.head.present());
  CHECK(entry.worktree_mode == FileMode::Regular);
  CHECK(entry.worktree_differs);
  repo.remove("a");
  const Status gone = scan_of(repo);
  REQUIRE(gone.entries.size() == 1);
  CHECK(gone.entries[0].worktree_mode == FileMode::None);
}

TEST_CASE("modes, links and types of files are seen") {
  TempRepo repo;
  repo.write("mode", "1\n");
  repo.write("type", "1\n");
  repo.write("directory", "1\n");
  repo.commit_all("first");
  REQUIRE(chmod(repo.path("mode").c_str(), 0755) == 0);
  repo.remove("type");
  REQUIRE(symlink("mode", repo.path("type").c_str()) == 0);
  repo.remove("directory");
  repo.write("directory/inside", "2\n");
  const Status status = scan_of(repo);
  REQUIRE(status.entries.size() == 3);
  CHECK(status.entries[0].path == RepoPath("directory"));
  CHECK(status.entries[0].worktree_mode == FileMode::None);
  CHECK(status.entries[1].worktree_mode == FileMode::Executable);
  CHECK(status.entries[1].worktree_differs);
  CHECK(status.entries[2].worktree_mode == FileMode::Symlink);
  CHECK(status.untracked == std::vector<RepoPath>{RepoPath("directory/inside")});
}

TEST_CASE("a rename is a deletion and an addition, whatever is configured") {
  TempRepo repo;
  repo.write("old", "some content that is alike\n");
  repo.commit_all("first");
  repo.git({"mv", "old", "new"});
  repo.git({"config", "status.renames", "copies"});
  const Status status = scan_of(repo);
  REQUIRE(status.entries.size() == 2);
  CHECK(status.entries[0].path == RepoPath("new"));
  CHECK_FALSE(status.entries[0].head.present());
  CHECK(status.entries[1].path == RepoPath("old"));
  CHECK_FALSE(status.entries[1].index.present());
}

TEST_CASE("an unmerged path shows its three stages") {
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
  const Status status = scan_of(repo);
  CHECK(status.entries.empty());
  REQUIRE(status.unmerged.size() == 1);
  CHECK(status.unmerged[0].base.oid.hex() == repo.git({"rev-parse", ":1:a"}));
  CHECK(status.unmerged[0].ours.oid.hex() == repo.git({"rev-parse", ":2:a"}));
  CHECK(status.unmerged[0].theirs.oid.hex() == repo.git({"rev-parse", ":3:a"}));
  CHECK(status.unmerged[0].worktree_mode == FileMode::Regular);
  CHECK_FALSE(status.clean());
}

TEST_CASE("names of any bytes come through, in path order") {
  TempRepo repo;
  const std::vector<std::string> names{"a b",      "a\nb", "a\tb", "a\"b", "a\\b", "\xff\xfe",
                                       "\xc3\xa9", " a",   "a ",   "-a",   "? a",  "1 .M x"};
  for (const std::string& name : names) {
    repo.write("tracked/" + name, "1\n");
    repo.write("staged/" + name, "1\n");
  }
  repo.git({"add", "tracked"});
  repo.git({"commit", "-q", "-m", "first"});
  repo.git({"add", "staged"});
  for (const std::string& name : names) {
    repo.write("tracked/" + name, "2\n");
    repo.write("untracked/" + name, "1\n");
  }
  repo.git({"config", "core.quotePath", "true"});
  std::vector<std::string> sorted = names;
  std::sort(sorted.begin(), sorted.end());
  const Status status = scan_of(repo, "tracked");
  REQUIRE(status.entries.size() == 2 * names.size());
  REQUIRE(status.untracked.size() == names.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    CHECK(status.entries[i].path.bytes() == "staged/" + sorted[i]);
    CHECK(status.entries[sorted.size() + i].path.bytes() == "tracked/" + sorted[i]);
    CHECK(status.untracked[i].bytes() == "untracked/" + sorted[i]);
  }
}

TEST_CASE("untracked directories are opened, ignored files stay out, whatever is configured") {
  TempRepo repo;
  repo.write(".gitignore", "*.o\nignored/\n");
  repo.commit_all("first");
  repo.write("dir/deep/a", "1\n");
  repo.write("dir/deep/a.o", "1\n");
  repo.write("ignored/b", "1\n");
  gs::make_directories(repo.path("empty"));
  repo.git({"config", "status.showUntrackedFiles", "no"});
  repo.git({"config", "status.branch", "true"});
  repo.git({"config", "status.showStash", "true"});
  const Status status = scan_of(repo);
  CHECK(status.entries.empty());
  CHECK(status.untracked == std::vector<RepoPath>{RepoPath("dir/deep/a")});
}

TEST_CASE("nested repositories are named and never entered") {
  TempRepo repo;
  repo.commit_all("first");
  repo.git({"init", "-q", "nested/inner"});
  repo.write("nested/inner/a", "1\n");
  repo.write("nested/b", "1\n");
  const Status status = scan_of(repo);
  CHECK(status.untracked == std::vector<RepoPath>{RepoPath("nested/b")});
  CHECK(status.nested_repositories == std::vector<RepoPath>{RepoPath("nested/inner")});
  CHECK_FALSE(status.clean());
}

TEST_CASE("a submodule's own changes are not a change of the superproject") {
  TempRepo library;
  library.write("lib", "1\n");
  library.commit_all("library");
  TempRepo repo;
  repo.git({"submodule", "add", "-q", library.path(), "lib"});
  repo.commit_all("with a submodule");
  repo.git({"config", "submodule.lib.ignore", "all"});
  CHECK(scan_of(repo).clean());
  SUBCASE("changed inside") {
    repo.write("lib/lib", "2\n");
    const StatusEntry entry = only_entry(repo);
    CHECK(entry.submodule_dirty);
    CHECK_FALSE(entry.worktree_differs);
    CHECK(entry.worktree_mode == FileMode::Gitlink);
  }
  SUBCASE("untracked inside") {
    repo.write("lib/new", "2\n");
    CHECK(only_entry(repo).submodule_dirty);
  }
  SUBCASE("another commit checked out") {
    repo.git({"-C", "lib", "commit", "-q", "--allow-empty", "-m", "second"});
    const StatusEntry entry = only_entry(repo);
    CHECK(entry.worktree_differs);
    CHECK_FALSE(entry.submodule_dirty);
  }
  SUBCASE("gone") {
    repo.remove("lib");
    const StatusEntry entry = only_entry(repo);
    CHECK(entry.worktree_differs);
    CHECK(entry.worktree_mode == FileMode::None);
  }
}

TEST_CASE("absent paths of a sparse checkout are no deletions") {
  TempRepo repo;
  repo.write("in/a", "1\n");
  repo.write("out/b", "1\n");
  repo.commit_all("first");
  repo.git({"sparse-checkout", "set", "--cone", "in"});
  CHECK_FALSE(gs::file_info(repo.path("out/b")));
  CHECK(scan_of(repo).clean());
}

TEST_CASE("the index file is never written") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.commit_all("first");
  const std::string before = repo.read(".git/index");
  repo.git({"update-index", "--refresh"});
  repo.write("a", "1\n");  // a new inode: status would write what it finds
  const std::string index = repo.read(".git/index");
  CHECK(scan_of(repo).clean());
  CHECK(repo.read(".git/index") == index);
  CHECK(before.size() == index.size());
}

TEST_CASE("a broken index is an error in git's words") {
  TempRepo repo;
  repo.write(".git/index", "not an index");
  CHECK_THROWS_AS(static_cast<void>(scan_of(repo)), gs::Error);
}

TEST_CASE("something that git cannot record stands in a tracked file's place") {
  const TempRepo repo;
  repo.write("file", "f\n");
  repo.write("directory/a", "a\n");
  repo.write(".gitignore", "/ignored\n");
  repo.commit_all("first");
  repo.remove("file");
  repo.remove("directory/a");
  REQUIRE(::rmdir(repo.path("directory").c_str()) == 0);
  for (const char* name : {"file", "directory", "new", "ignored"}) {
    REQUIRE(::mkfifo(repo.path(name).c_str(), 0666) == 0);
  }
  const auto repository = Repository::open(repo.path());
  for (const Status& status :
       {*gs::git::read_status_in_process(repository), read_status_with_git(repository)}) {
    std::vector<std::string> lines;
    for (const gs::git::LeftOut& left_out : status.left_out) {
      lines.push_back(left_out.path.bytes() + (left_out.tracked ? ", tracked: " : ": ") +
                      left_out.reason);
    }
    CHECK(lines == std::vector<std::string>{
                       "directory: is a FIFO",
                       "directory/a, tracked: its directory 'directory' replaced by a FIFO",
                       "file, tracked: replaced by a FIFO", "new: is a FIFO"});
    CHECK(tracked_left_out(status) == std::set{RepoPath("directory/a"), RepoPath("file")});
    CHECK(status.untracked.empty());
  }
}
