#include "snapshot/capture.h"

#include <functional>

#include "git/status/status.h"
#include "snapshot_fixture.h"

using namespace gs;
using namespace gs::test;
using gs::snapshot::add_extra_state;
using gs::snapshot::extra_state_in;
using gs::snapshot::ExtraState;

namespace {

void commit_sample(const TempRepo& repo) {
  repo.write("a.txt", "a\n");
  repo.write("b.txt", "one\ntwo\nthree\n");
  repo.write("empty.txt", "");
  repo.write("run.sh", "#!/bin/sh\n");
  set_mode(repo, "run.sh", 0755);
  repo.write("dir/one", "1\n");
  repo.write("dir/two", "2\n");
  repo.write("dir/sub/three", "3\n");
  repo.write("sp ace.txt", "space\n");
  put_link(repo, "link", "a.txt");
  put_link(repo, "dirlink", "dir");
  repo.commit_all("sample");
}

struct Wreck {
  const char* name;
  std::function<void(const TempRepo&)> make;
};

void require_round_trips(const std::vector<Wreck>& wrecks) {
  for (const Wreck& wreck : wrecks) {
    CAPTURE(wreck.name);
    const TempRepo repo;
    commit_sample(repo);
    wreck.make(repo);
    require_exact_round_trip(repo);
  }
}

}  // namespace

TEST_CASE("git stash apply --index rebuilds changed content") {
  require_round_trips({
      {"modified", [](const TempRepo& r) { r.write("a.txt", "changed\n"); }},
      {"staged",
       [](const TempRepo& r) {
         r.write("a.txt", "changed\n");
         r.git({"add", "a.txt"});
       }},
      {"staged and modified again",
       [](const TempRepo& r) {
         r.write("b.txt", "one\nTWO\nthree\n");
         r.git({"add", "b.txt"});
         r.write("b.txt", "one\nTWO\nTHREE\n");
       }},
      {"staged and put back in the work tree",
       [](const TempRepo& r) {
         r.write("b.txt", "other\n");
         r.git({"add", "b.txt"});
         r.write("b.txt", "one\ntwo\nthree\n");
       }},
      {"emptied and filled",
       [](const TempRepo& r) {
         r.write("a.txt", "");
         r.write("empty.txt", "full");
       }},
      {"binary and CRLF",
       [](const TempRepo& r) {
         r.write("a.txt", std::string("\0\xff\r\n\n", 5));
         r.write("b.txt", "one\r\ntwo\r\n");
       }},
      {"nested",
       [](const TempRepo& r) {
         r.write("dir/sub/three", "x");
         r.write("dir/two", "y");
         r.git({"add", "dir/two"});
       }},
      {"same size, same second", [](const TempRepo& r) { r.write("a.txt", "b\n"); }},
  });
}

TEST_CASE("git stash apply --index rebuilds additions, deletions and renames") {
  require_round_trips({
      {"deleted", [](const TempRepo& r) { r.remove("a.txt"); }},
      {"deletion staged",
       [](const TempRepo& r) {
         r.git({"rm", "-q", "a.txt"});
       }},
      {"deletion staged, file kept",
       [](const TempRepo& r) {
         r.git({"rm", "-q", "--cached", "a.txt"});
       }},
      {"deletion staged, file kept and changed",
       [](const TempRepo& r) {
         r.git({"rm", "-q", "--cached", "a.txt"});
         r.write("a.txt", "private\n");
       }},
      {"directory deleted", [](const TempRepo& r) { r.remove("dir"); }},
      {"everything deleted",
       [](const TempRepo& r) {
         for (const char* name :
              {"a.txt", "b.txt", "empty.txt", "run.sh", "dir", "sp ace.txt", "link", "dirlink"})
           r.remove(name);
       }},
      {"everything deleted and staged",
       [](const TempRepo& r) {
         r.git({"rm", "-rq", "."});
       }},
      {"added",
       [](const TempRepo& r) {
         r.write("new.txt", "new\n");
         r.write("dir/new/deep.txt", "deep\n");
         r.git({"add", "."});
       }},
      {"added and modified",
       [](const TempRepo& r) {
         r.write("new.txt", "new\n");
         r.git({"add", "."});
         r.write("new.txt", "newer\n");
       }},
      {"added and deleted",
       [](const TempRepo& r) {
         r.write("new.txt", "new\n");
         r.git({"add", "."});
         r.remove("new.txt");
       }},
      {"renamed",
       [](const TempRepo& r) {
         r.git({"mv", "b.txt", "c.txt"});
       }},
      {"renamed and modified",
       [](const TempRepo& r) {
         r.git({"mv", "b.txt", "dir/c.txt"});
         r.write("dir/c.txt", "one\ntwo\nthree\nfour\n");
       }},
      {"renamed in the work tree only",
       [](const TempRepo& r) {
         r.write("c.txt", r.read("b.txt"));
         r.remove("b.txt");
       }},
      {"two names swapped",
       [](const TempRepo& r) {
         r.git({"mv", "a.txt", "t"});
         r.git({"mv", "b.txt", "a.txt"});
         r.git({"mv", "t", "b.txt"});
       }},
  });
}

TEST_CASE("git stash apply --index rebuilds modes and types") {
  require_round_trips({
      {"made executable", [](const TempRepo& r) { set_mode(r, "a.txt", 0755); }},
      {"made executable, staged",
       [](const TempRepo& r) {
         r.git({"update-index", "--chmod=+x", "a.txt"});
       }},
      {"made plain", [](const TempRepo& r) { set_mode(r, "run.sh", 0644); }},
      {"link retargeted", [](const TempRepo& r) { put_link(r, "link", "nowhere at all"); }},
      {"link retargeted, staged",
       [](const TempRepo& r) {
         put_link(r, "link", "b.txt");
         r.git({"add", "link"});
       }},
      {"file to link", [](const TempRepo& r) { put_link(r, "a.txt", "b.txt"); }},
      {"file to link, staged",
       [](const TempRepo& r) {
         put_link(r, "a.txt", "b.txt");
         r.git({"add", "a.txt"});
       }},
      {"link to file",
       [](const TempRepo& r) {
         r.remove("link");
         r.write("link", "a file now\n");
       }},
      {"file to directory",
       [](const TempRepo& r) {
         r.remove("a.txt");
         r.write("a.txt/inside", "x\n");
       }},
      {"file to directory, staged",
       [](const TempRepo& r) {
         r.remove("a.txt");
         r.write("a.txt/inside", "x\n");
         r.git({"add", "-A"});
       }},
      {"directory to file",
       [](const TempRepo& r) {
         r.remove("dir");
         r.write("dir", "file\n");
       }},
      {"directory to file, staged",
       [](const TempRepo& r) {
         r.remove("dir");
         r.write("dir", "file\n");
         r.git({"add", "-A"});
       }},
      {"directory to link", [](const TempRepo& r) { put_link(r, "dir", "/nonexistent"); }},
      {"link to directory",
       [](const TempRepo& r) {
         r.remove("dirlink");
         r.write("dirlink/one", "x");
       }},
      {"subdirectory to file",
       [](const TempRepo& r) {
         r.remove("dir/sub");
         r.write("dir/sub", "x");
       }},
  });
}

TEST_CASE("git stash apply --index rebuilds untracked files, whatever their names") {
  require_round_trips({
      {"alone", [](const TempRepo& r) { r.write("new.txt", "new\n"); }},
      {"odd names",
       [](const TempRepo& r) {
         for (const char* name :
              {"new\nline", "quo\"te", "\xff\xfe", "-dash", "--", " lead", "trail ", "tab\t",
               "back\\slash", "\xc3\xbc", "*?[x]", ":(glob)x", "$HOME;x", "'", "d\n/\xfe/-x"}) {
           r.write(name, name);
         }
       }},
      {"modes and links",
       [](const TempRepo& r) {
         r.write("tool", "#!/bin/sh\n");
         set_mode(r, "tool", 0755);
         put_link(r, "dangling", "no where");
         put_link(r, "loop", "loop");
         r.write("nothing", "");
       }},
      {"with everything else",
       [](const TempRepo& r) {
         r.write("dir/sub/four", "4");
         r.write("b.txt", "staged\n");
         r.git({"add", "b.txt"});
         r.write("b.txt", "changed\n");
         r.git({"rm", "-q", "a.txt"});
         r.remove("dir/one");
       }},
      {"names that sort around directories",
       [](const TempRepo& r) {
         for (const char* name : {"n", "n.x", "n-x", "n0", "m/x", "m.x", "m-x", "m0"})
           r.write(name, name);
       }},
  });
}

TEST_CASE("every tracked and untracked path is counted where it is") {
  const TempRepo repo;
  commit_sample(repo);
  repo.write("a.txt", "staged\n");
  repo.git({"add", "a.txt"});
  repo.write("a.txt", "and changed\n");
  repo.git({"mv", "b.txt", "c.txt"});
  repo.remove("dir/one");
  repo.write("x", "");
  repo.write("y/z", "");
  const auto saved = save(repo);
  CHECK(saved.counts.staged == 3);
  CHECK(saved.counts.unstaged == 2);
  CHECK(saved.counts.deleted == 1);
  CHECK(saved.counts.untracked == 2);
}

TEST_CASE("the commit has the form of a stash") {
  const TempRepo repo;
  commit_sample(repo);
  repo.write("a.txt", "staged\n");
  repo.git({"add", "a.txt"});
  repo.write("new.txt", "new\n");
  const std::string oid = save(repo).oid.hex();
  CHECK(repo.git({"rev-parse", oid + "^1"}) == repo.git({"rev-parse", "HEAD"}));
  CHECK(repo.git({"rev-parse", oid + "^2^1"}) == repo.git({"rev-parse", "HEAD"}));
  CHECK(repo.git({"rev-parse", oid + "^2^{tree}"}) == repo.git({"write-tree"}));
  CHECK(repo.git({"rev-list", "--parents", "-1", oid + "^3"}) ==
        repo.git({"rev-parse", oid + "^3"}));
  CHECK(repo.git({"ls-tree", "-r", "--name-only", oid + "^3"}) == "new.txt");
  CHECK(repo.git({"log", "-1", "--format=%B", oid}) ==
        "so-snapshot main-2026-03-02-0800 wave 1 before\n");
  CHECK(repo.git({"log", "-1", "--format=%cI", oid}) == "2026-03-02T08:00:00+00:00");
  CHECK(repo.git({"fsck", "--strict", "--no-dangling", "--no-progress"}).empty());
}

TEST_CASE("with nothing staged the index commit has HEAD's tree") {
  const TempRepo repo;
  commit_sample(repo);
  repo.write("new.txt", "new\n");
  const std::string oid = save(repo).oid.hex();
  CHECK(repo.git({"rev-parse", oid + "^2^{tree}"}) == repo.git({"rev-parse", "HEAD^{tree}"}));
  CHECK(repo.git({"rev-parse", oid + "^{tree}"}) == repo.git({"rev-parse", "HEAD^{tree}"}));
}

TEST_CASE("git stash show and git stash branch understand a snapshot") {
  const TempRepo repo;
  commit_sample(repo);
  repo.write("a.txt", "changed\n");
  repo.write("new.txt", "new\n");
  const std::string oid = save(repo).oid.hex();
  CHECK(repo.git({"stash", "show", "--include-untracked", "--name-only", oid}) == "a.txt\nnew.txt");
  repo.git({"checkout", "-q", "."});
  repo.remove("new.txt");
  repo.git({"stash", "branch", "rescued", oid});
  CHECK(repo.git({"symbolic-ref", "--short", "HEAD"}) == "rescued");
  CHECK(repo.read("a.txt") == "changed\n");
  CHECK(repo.read("new.txt") == "new\n");
}

TEST_CASE("from a subdirectory the whole tree is captured") {
  const TempRepo repo;
  commit_sample(repo);
  repo.write("new.txt", "new\n");
  repo.write("dir/new.txt", "new\n");
  repo.write("a.txt", "changed\n");
  const auto saved = snapshot::save(git::Repository::open(repo.path("dir/sub")), request());
  CHECK(saved.counts.untracked == 2);
  CHECK(saved.counts.unstaged == 1);
}

TEST_CASE("a clean tree gives nothing, and capture stores no ref") {
  const TempRepo repo;
  commit_sample(repo);
  const auto repository = git::Repository::open(repo.path());
  CHECK(snapshot::capture_trees(repository, git::read_status(repository), {.largest_untracked = 1})
            .empty());
  repo.write("a.txt", "changed\n");
  const auto trees =
      snapshot::capture_trees(repository, git::read_status(repository), {.largest_untracked = 1});
  REQUIRE_FALSE(trees.empty());
  CHECK(trees.head->hex() == repo.git({"rev-parse", "HEAD"}));
  const auto commit = snapshot::write_stash_commit(repository, trees, "m", kSnapshotTime);
  CHECK(repo.git({"rev-parse", commit.hex() + "^{tree}"}) == trees.worktree_tree.hex());
  CHECK(repo.git({"for-each-ref", "refs/so-snapshots"}).empty());
}

TEST_CASE("a file that was touched and not changed is no change") {
  const TempRepo repo;
  commit_sample(repo);
  repo.write("a.txt", "a\n");
  CHECK(save(repo).reason == "clean");
}

TEST_CASE("a message without extra state stays one, and ends its last line") {
  CHECK(add_extra_state("subject", {}) == "subject\n");
  CHECK(add_extra_state("subject\n\nbody\n", {}) == "subject\n\nbody\n");
  CHECK(extra_state_in("subject\n\nbody\n") == ExtraState{});
}

TEST_CASE("the unborn branch and intent-to-add paths are read back byte for byte") {
  ExtraState state;
  state.unborn = "refs/heads/topic/x";
  for (const char* path : {"plain", "sp ace", "new\nline", "quo\"te", "back\\slash", "tab\there",
                           "\xff\xfe", "\x01\x7f", "\xc3\xbc", "\\123", "\"quoted\""}) {
    state.intent_to_add.emplace_back(std::string(path));
  }
  const std::string message = add_extra_state("subject\n\nbody", state);
  CHECK(
      message.starts_with("subject\n\nbody\n\nUnborn: refs/heads/topic/x\nIntent-to-add: plain\n"));
  CHECK(extra_state_in(message) == state);
}

TEST_CASE("a user's message cannot pass for extra state") {
  const std::string message =
      add_extra_state("subject\n\nUnborn: refs/heads/evil\nIntent-to-add: x", {});
  CHECK(extra_state_in(message) == ExtraState{});
  CHECK(message == "subject\n\n Unborn: refs/heads/evil\n Intent-to-add: x\n");
}
