#include "session/baseline.h"

#include <doctest/doctest.h>

#include "base/forked.h"

#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::contains;
using gs::test::error_of;
using gs::test::kNow;
using gs::test::TempRepo;

namespace {

git::TreeEntry file(std::string_view content) {
  return {git::FileMode::Regular, git::Repository::hash_blob(content)};
}
const git::TreeEntry kNone;

// Dirty in every way that a stash holds, and stashed away.
gs::git::ObjectId stash_everything(const TempRepo& repo) {
  for (const char* name : {"same", "edited", "staged", "both", "gone", "reverted"}) {
    repo.write(name, "old\n");
  }
  repo.commit_all("base");
  repo.write("edited", "new\n");
  repo.write("staged", "new\n");
  repo.write("both", "index\n");
  repo.write("reverted", "index\n");
  repo.git({"add", "staged", "both", "reverted"});
  repo.write("both", "work\n");
  repo.write("reverted", "old\n");
  repo.remove("gone");
  repo.write("loose/file", "untracked\n");
  repo.git({"stash", "push", "-q", "--include-untracked"});
  return gs::git::ObjectId::parse(repo.git({"rev-parse", "stash@{0}"})).value();
}

}  // namespace

TEST_CASE("a snapshot gives HEAD's, the index's and the work tree's content of what was dirty") {
  const TempRepo repo;
  const auto snapshot = stash_everything(repo);
  const auto entries = entries_of_snapshot(git::Repository::open(repo.path()), snapshot);
  REQUIRE(entries.size() == 6);
  const auto check = [&](const char* path, const git::TreeEntry& head, const git::TreeEntry& index,
                         const git::TreeEntry& worktree) {
    CAPTURE(path);
    const BaselineEntry& entry = entries.at(RepoPath(path));
    CHECK(entry.head == head);
    CHECK(entry.index == index);
    CHECK(entry.worktree == worktree);
  };
  check("edited", file("old\n"), file("old\n"), file("new\n"));
  check("staged", file("old\n"), file("new\n"), file("new\n"));
  check("both", file("old\n"), file("index\n"), file("work\n"));
  check("reverted", file("old\n"), file("index\n"), file("old\n"));
  check("gone", file("old\n"), file("old\n"), kNone);
  check("loose/file", kNone, kNone, file("untracked\n"));
}

TEST_CASE("a commit that is not a stash is not a snapshot") {
  const TempRepo repo;
  repo.write("a", "a");
  const auto commit = git::ObjectId::parse(repo.commit_all("base")).value();
  CHECK(contains(
      error_of([&] { (void)entries_of_snapshot(git::Repository::open(repo.path()), commit); }),
      "is not a snapshot"));
}

TEST_CASE("a baseline reads back as it was written, whatever bytes its paths hold") {
  const TempRepo repo;
  Baseline baseline;
  baseline.snapshot = stash_everything(repo);
  const auto repository = git::Repository::open(repo.path());
  baseline.session = "feature/x-2026-03-02-0815";
  baseline.taken_at = kNow;
  baseline.head = repository.head().commit;
  baseline.dirty = entries_of_snapshot(repository, *baseline.snapshot);
  baseline.dirty[RepoPath("n\xff\x80/\n\"x")] = {kNone, file("i"), file("w")};
  baseline.dirty[RepoPath("ä b")] = {{git::FileMode::Gitlink, *baseline.head}, kNone, kNone};
  write_baseline(repository, baseline);

  const auto read = read_baseline(repository, baseline.session);
  REQUIRE(read);
  CHECK(read->session == baseline.session);
  CHECK(read->taken_at == baseline.taken_at);
  CHECK(read->head == baseline.head);
  CHECK(read->snapshot == baseline.snapshot);
  REQUIRE(read->dirty.size() == baseline.dirty.size());
  for (const auto& [path, entry] : baseline.dirty) {
    const BaselineEntry& same = read->dirty.at(path);
    CHECK(same.head == entry.head);
    CHECK(same.index == entry.index);
    CHECK(same.worktree == entry.worktree);
  }
}

TEST_CASE("what several processes say that commands made is all in the baseline") {
  const TempRepo repo;
  Baseline baseline;
  baseline.session = "s";
  baseline.taken_at = kNow;
  write_baseline(git::Repository::open(repo.path()), baseline);
  std::vector<pid_t> adding;
  for (int i = 0; i < 12; ++i) {
    adding.push_back(test::start_forked([&, i] {
      add_made_by_commands(git::Repository::open(repo.path()), "s",
                           {RepoPath("log"), RepoPath("out/" + std::to_string(i))});
      return true;
    }));
  }
  for (const pid_t pid : adding) CHECK(test::wait_forked(pid));
  const auto repository = git::Repository::open(repo.path());
  CHECK(read_baseline(repository, "s").value_or(Baseline{}).made_by_commands.size() == 13);
  add_made_by_commands(repository, "ended", {RepoPath("a")});
  CHECK_FALSE(read_baseline(repository, "ended"));
}

TEST_CASE("a clean start has a baseline without a snapshot") {
  const TempRepo repo;
  const auto repository = git::Repository::open(repo.path());
  CHECK_FALSE(read_baseline(repository, "s"));
  Baseline baseline;
  baseline.session = "s";
  baseline.taken_at = kNow;
  write_baseline(repository, baseline);
  const auto read = read_baseline(repository, "s");
  REQUIRE(read);
  CHECK_FALSE(read->head);
  CHECK_FALSE(read->snapshot);
  CHECK(read->dirty.empty());
}

TEST_CASE("two sessions never share a record") {
  const TempRepo repo;
  const auto repository = git::Repository::open(repo.path());
  const auto name = [&](const std::string& session) { return baseline_file(repository, session); };
  CHECK(name("a/b") != name("a-b"));
  CHECK(name("a/b") != name("a%2fb"));
  CHECK(name("../../x").find("/baselines/%2e.%2f") != std::string::npos);
  const std::string longest(3000, 'x');
  CHECK(name(longest + "1") != name(longest + "2"));
  CHECK(name(longest).size() < name("").size() + 255);
}

TEST_CASE("a record that cannot be read is an error that says how to go on") {
  const TempRepo repo;
  const auto repository = git::Repository::open(repo.path());
  const std::string path = baseline_file(repository, "s");
  make_directories(path.substr(0, path.rfind('/')));
  for (
      const char* text :
      {"", "{", "[]", R"({"schema":2})", R"({"schema":1,"session":"s"})",
       R"({"schema":1,"session":"s","taken_at":"x","head":null,"snapshot":null,"dirty":[]})",
       R"({"schema":1,"session":"s","taken_at":"2026-03-02","head":"x","snapshot":null,"dirty":[]})",
       R"({"schema":1,"session":"s","taken_at":"2026-03-02","head":null,"snapshot":null,
            "dirty":[{"path":"a","head":"1","index":null,"worktree":null}]})",
       R"({"schema":1,"session":"s","taken_at":"2026-03-02","head":null,"snapshot":null,
            "dirty":[{"path_hex":"zz","head":null,"index":null,"worktree":null}]})"}) {
    write_file_atomically(path, text);
    const std::string error = error_of([&] { (void)read_baseline(repository, "s"); });
    CHECK_MESSAGE(contains(error, "cannot read the session's baseline"), text);
    CHECK_MESSAGE(contains(error, "remove the file"), text);
  }
}

TEST_CASE("a baseline whose snapshot is gone is an error") {
  const TempRepo repo;
  const auto repository = git::Repository::open(repo.path());
  Baseline baseline;
  baseline.session = "s";
  baseline.snapshot = git::ObjectId::parse(std::string(40, 'a'));
  write_baseline(repository, baseline);
  CHECK(contains(error_of([&] { (void)read_baseline(repository, "s"); }),
                 "its snapshot aaaaaaaaaa is gone"));
}
