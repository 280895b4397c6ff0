#include <algorithm>

#include "base/error.h"
#include "git/refs.h"
#include "snapshot/capture.h"
#include "snapshot_fixture.h"

using namespace gs;
using namespace gs::test;

namespace {

std::string message_of(const TempRepo& repo, const git::ObjectId& oid) {
  return repo.git({"log", "-1", "--format=%B", oid.hex()});
}

std::vector<std::string> described(const std::vector<snapshot::Skipped>& skipped) {
  std::vector<std::string> lines;
  lines.reserve(skipped.size());
  for (const auto& entry : skipped) lines.push_back(entry.path.bytes() + ": " + entry.reason);
  return lines;
}

void commit_one(const TempRepo& repo) {
  repo.write("a.txt", "a\n");
  repo.commit_all("one");
}

}  // namespace

TEST_CASE("an unborn branch is captured on a root commit of the empty tree") {
  const TempRepo repo;
  repo.write("staged.txt", "s\n");
  repo.git({"add", "staged.txt"});
  repo.write("staged.txt", "changed\n");
  repo.write("new.txt", "n\n");
  const Surroundings before(repo);
  const auto saved = save(repo);
  CHECK(Surroundings(repo) == before);
  const std::string oid = saved.oid.hex();
  CHECK(repo.git({"ls-tree", oid + "^1"}).empty());
  CHECK(repo.git({"rev-list", "--count", oid + "^1"}) == "1");
  CHECK(message_of(repo, saved.oid) ==
        "so-snapshot main-2026-03-02-0800 wave 1 before\n\nUnborn: refs/heads/main\n");
  CHECK(repo.git({"fsck", "--strict", "--no-dangling", "--no-progress"}).find("error") ==
        std::string::npos);

  const Elsewhere elsewhere(repo, oid + "^1");
  CHECK(run_git(elsewhere.path(), {"stash", "apply", "--index", "-q", oid}).ok());
  CHECK(files_in(elsewhere.path()) == before.files);
  CHECK(git_output(elsewhere.path(), {"show", ":staged.txt"}) == "s\n");

  auto later = request();
  later.now = kSnapshotTime + std::chrono::hours(1);
  CHECK(snapshot::save(git::Repository::open(repo.path()), later).reason == "unchanged");
}

TEST_CASE("an unborn branch with nothing in it is clean") {
  const TempRepo repo;
  CHECK(save(repo).reason == "clean");
}

TEST_CASE("intent-to-add: the work tree has the file, the index has not, the message says so") {
  const TempRepo repo;
  commit_one(repo);
  repo.write("odd\nname", "content\n");
  repo.write("plain", "");
  repo.git({"add", "-N", "odd\nname", "plain"});
  const Surroundings before(repo);
  const auto saved = save(repo);
  CHECK(Surroundings(repo) == before);
  const std::string oid = saved.oid.hex();
  CHECK(repo.git({"rev-parse", oid + "^2^{tree}"}) == repo.git({"rev-parse", "HEAD^{tree}"}));
  CHECK(repo.git({"show", oid + ":odd\nname"}) == "content");
  CHECK(repo.git({"ls-tree", "-r", "--name-only", oid}) == "a.txt\n\"odd\\nname\"\nplain");
  CHECK(message_of(repo, saved.oid)
            .ends_with("\n\nIntent-to-add: \"odd\\nname\"\nIntent-to-add: plain\n"));
  CHECK(saved.counts.staged == 0);
  CHECK(saved.counts.unstaged == 2);
  CHECK(saved.counts.deleted == 0);
  CHECK(saved.counts.untracked == 0);
}

TEST_CASE("a path taken out of the index and added with intent is staged as deleted") {
  const TempRepo repo;
  commit_one(repo);
  repo.git({"rm", "-q", "--cached", "a.txt"});
  repo.git({"add", "-N", "a.txt"});
  const auto saved = save(repo);
  CHECK(repo.git({"ls-tree", saved.oid.hex() + "^2"}).empty());
  CHECK(repo.git({"show", saved.oid.hex() + ":a.txt"}) == "a");
}

TEST_CASE("an unmerged path keeps its stages, and is not a staged change") {
  const TempRepo repo;
  commit_one(repo);
  repo.git({"checkout", "-q", "-b", "side"});
  repo.write("a.txt", "side\n");
  repo.commit_all("side");
  repo.git({"checkout", "-q", "main"});
  repo.write("a.txt", "main\n");
  repo.commit_all("main");
  REQUIRE_FALSE(repo.try_git({"merge", "-q", "side"}).ok());
  const snapshot::SaveResult saved = save(repo);
  CHECK(saved.counts.unmerged == 1);
  CHECK(saved.counts.changed == 1);
  CHECK(saved.counts.staged == 0);
  const std::string oid = saved.oid.hex();
  CHECK(repo.git({"diff", "--name-only", oid + "^1", oid + "^2"}).empty());
  CHECK(repo.git({"show", oid + "^4:stage2/a.txt"}) == "main");
  CHECK(repo.git({"show", oid + "^4:stage3/a.txt"}) == "side");
  CHECK(repo.git({"show", oid + ":a.txt"}).find("<<<<<<<") != std::string::npos);
  CHECK(repo.git({"ls-tree", oid + "^3"}).empty());
  // Git takes it for a stash.
  CHECK(repo.git({"stash", "show", "--name-only", oid}) == "a.txt");
}

TEST_CASE("a held index lock stops nothing") {
  const TempRepo repo;
  commit_one(repo);
  repo.write("a.txt", "changed\n");
  repo.write(".git/index.lock", "");
  CHECK_FALSE(save(repo).skipped);
}

TEST_CASE("line endings and clean filters give what git add would store") {
  const TempRepo repo;
  repo.git({"config", "filter.upper.clean", "tr a-z A-Z"});
  repo.git({"config", "filter.upper.smudge", "tr A-Z a-z"});
  repo.git({"config", "filter.upper.required", "true"});
  repo.write(".gitattributes", "*.crlf text eol=crlf\n*.up filter=upper\n");
  repo.write("t.crlf", "one\r\n");
  repo.write("f.up", "shout\n");
  repo.commit_all("filtered");
  repo.write("t.crlf", "one\r\ntwo\r\n");
  repo.write("f.up", "louder\n");
  repo.write("new.up", "new\n");
  repo.write("new.crlf", "new\r\n");
  require_exact_round_trip(repo);
  const std::string ref = "refs/so-snapshots/main-2026-03-02-0800/wave-1-before";
  CHECK(repo.git({"cat-file", "blob", ref + ":t.crlf"}) == "one\ntwo");
  CHECK(repo.git({"cat-file", "blob", ref + ":f.up"}) == "LOUDER");
  CHECK(repo.git({"cat-file", "blob", ref + "^3:new.up"}) == "NEW");
}

TEST_CASE("what a required filter refuses is kept as it is") {
  const TempRepo repo;
  commit_one(repo);
  repo.git({"config", "filter.broken.clean", "false"});
  repo.git({"config", "filter.broken.required", "true"});
  repo.write(".gitattributes", "*.big filter=broken\n");
  repo.write("x.big", "x\n");
  const snapshot::SaveResult saved = save(repo);
  CHECK(saved.left_out.empty());
  CHECK(repo.git({"show", saved.oid.hex() + "^3:x.big"}) == "x");
}

TEST_CASE("core.safecrlf does not stop a snapshot") {
  const TempRepo repo;
  commit_one(repo);
  repo.git({"config", "core.autocrlf", "true"});
  repo.git({"config", "core.safecrlf", "true"});
  repo.write("a.txt", "lf\nonly\n");
  repo.write("mixed.txt", "one\r\ntwo\n");
  CHECK_FALSE(save(repo).skipped);
}

TEST_CASE("paths left out of a sparse checkout are not deletions") {
  const TempRepo repo;
  repo.write("in/x", "x\n");
  repo.write("out/y", "y\n");
  repo.commit_all("both");
  repo.git({"sparse-checkout", "set", "--no-cone", "/in/"});
  REQUIRE_FALSE(file_info(repo.path("out/y")));
  CHECK(save(repo).reason == "clean");
  repo.write("in/x", "changed\n");
  const auto saved = save(repo);
  CHECK(saved.counts.deleted == 0);
  CHECK(repo.git({"show", saved.oid.hex() + ":out/y"}) == "y");
  CHECK(repo.git({"show", saved.oid.hex() + ":in/x"}) == "changed");
}

TEST_CASE("a submodule's moved commit is captured, changes inside it are reported") {
  const TempRepo inner;
  commit_one(inner);
  const TempRepo repo;
  commit_one(repo);
  repo.git({"submodule", "--quiet", "add", inner.path(), "sub"});
  repo.commit_all("submodule");
  CHECK(save(repo).reason == "clean");

  repo.write("sub/a.txt", "dirty\n");
  const auto inside_only = save(repo);
  CHECK(inside_only.reason == "clean");
  CHECK(described(inside_only.left_out) ==
        std::vector<std::string>{"sub: changes inside the submodule are not part of it"});

  git_output(repo.path("sub"), {"commit", "-qam", "moved"});
  const Surroundings before(repo);
  const auto saved = save(repo);
  CHECK(Surroundings(repo) == before);
  CHECK(repo.git({"rev-parse", saved.oid.hex() + ":sub"}) + "\n" ==
        git_output(repo.path("sub"), {"rev-parse", "HEAD"}));
  CHECK(saved.counts.unstaged == 1);
}

TEST_CASE("what cannot be captured is named, never dropped silently") {
  const TempRepo repo;
  commit_one(repo);
  git_output(repo.path(), {"init", "-q", "nested"});
  repo.write("nested/x", "x\n");
  repo.write("big", std::string(1025, 'x'));
  repo.write("fits", std::string(1024, 'x'));
  auto small = request();
  small.capture.largest_untracked = 1024;
  const auto saved = snapshot::save(git::Repository::open(repo.path()), small);
  auto left_out = described(saved.left_out);
  for (std::string& line : left_out) {
    if (line.starts_with("nested/")) line.erase(6, 1);
  }
  CHECK(left_out ==
        std::vector<std::string>{"big: larger than 1 KiB", "nested: nested repository"});
  CHECK(saved.counts.untracked == 1);

  repo.remove("fits");
  const auto nothing = snapshot::save(git::Repository::open(repo.path()), small);
  CHECK(nothing.reason == "clean");
  CHECK(nothing.left_out.size() == 2);
}

TEST_CASE("ignored files stay out") {
  const TempRepo repo;
  commit_one(repo);
  repo.write(".gitignore", "*.log\nbuild/\n");
  repo.write("x.log", "secret\n");
  repo.write("build/out", "o\n");
  const auto saved = save(repo);
  CHECK(repo.git({"ls-tree", "-r", "--name-only", saved.oid.hex() + "^3"}) == ".gitignore");
}

TEST_CASE("a snapshot needs no identity and no signing key") {
  const TempRepo repo;
  commit_one(repo);
  repo.git({"config", "user.useConfigOnly", "true"});
  repo.git({"config", "user.name", ""});
  repo.git({"config", "user.email", ""});
  repo.git({"config", "commit.gpgSign", "true"});
  repo.git({"config", "gpg.program", "false"});
  repo.write("a.txt", "changed\n");
  CHECK_FALSE(save(repo).skipped);
}

TEST_CASE("the state in the middle of a resolved merge is captured") {
  const TempRepo repo;
  commit_one(repo);
  repo.git({"checkout", "-q", "-b", "side"});
  repo.write("a.txt", "side\n");
  repo.commit_all("side");
  repo.git({"checkout", "-q", "main"});
  repo.write("a.txt", "main\n");
  repo.commit_all("main");
  REQUIRE_FALSE(repo.try_git({"merge", "-q", "side"}).ok());
  repo.write("a.txt", "both\n");
  repo.git({"add", "a.txt"});
  require_exact_round_trip(repo);
  CHECK(file_info(repo.path(".git/MERGE_HEAD")));
}

TEST_CASE("in a linked worktree its own index and HEAD count") {
  const TempRepo repo;
  commit_one(repo);
  const Elsewhere linked(repo, "HEAD");
  write_file_atomically(join_path(linked.path(), "a.txt"), "linked\n");
  const auto saved = snapshot::save(git::Repository::open(linked.path()), request());
  CHECK(repo.git({"show", saved.oid.hex() + ":a.txt"}) == "linked");
  CHECK(save(repo, "main-tree").reason == "clean");
}

TEST_CASE("sixty thousand untracked files fit") {
  const TempRepo repo;
  commit_one(repo);
  constexpr int directories = 60;
  constexpr int files = 1000;
  for (int d = 0; d < directories; ++d) {
    const std::string directory = repo.path("many-untracked-files-" + std::to_string(d));
    REQUIRE(mkdir(directory.c_str(), 0755) == 0);
    for (int f = 0; f < files; ++f) {
      std::ofstream(directory + "/a-rather-long-name-of-a-file-" + std::to_string(f)) << f % 7;
    }
  }
  const auto saved = save(repo);
  CHECK(saved.counts.untracked == directories * files);
  const auto repository = git::Repository::open(repo.path());
  const auto content = snapshot::content(repository, snapshot::find(repository, saved.ref, {}));
  CHECK(content.untracked.size() == directories * files);
}
