#include "session/pauses.h"

#include <doctest/doctest.h>

#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::contains;
using gs::test::error_of;
using gs::test::kNow;
using gs::test::TempRepo;

namespace {

using std::chrono::minutes;

git::ObjectId id(const std::string& hex) {
  return *git::ObjectId::parse(hex);
}

class PausedRepo : public TempRepo {
 public:
  PausedRepo() { start_ = commit("start"); }
  // Each with a time of its own as its author's, which a rebase keeps.
  std::string commit(const std::string& name) {
    write(name, name);
    git({"add", name});
    git({"commit", "-q", "-m", name, "--date",
         "2026-03-0" + std::to_string(++day_) + "T12:00:00Z"});
    return git({"rev-parse", "HEAD"});
  }
  [[nodiscard]] git::Repository open() const { return git::Repository::open(path()); }
  // Names of those since the start that were made in pauses.
  [[nodiscard]] std::set<std::string> made(const Pauses& pauses, bool is_paused = false) const {
    const git::Repository repository = open();
    const auto head = *repository.head().commit;
    const auto all = repository.commits_between(id(start_), head, 100);
    std::set<std::string> names;
    for (const git::ObjectId& oid :
         made_while_paused(repository, pauses, is_paused ? std::optional(head) : std::nullopt, all))
      names.insert(repository.commit(oid).subject);
    return names;
  }

 private:
  std::string start_;
  int day_ = 0;
};

Pause pause(const std::string& from, const std::string& to) {
  Pause made{kNow, id(from), "main"};
  if (!to.empty()) {
    made.resumed_at = kNow + minutes(5);
    made.resumed_head = id(to);
  }
  return made;
}

using Names = std::set<std::string>;

}  // namespace

TEST_CASE("pauses read back as they were written") {
  const PausedRepo repo;
  const git::Checkout checkout = repo.open().checkout();
  CHECK(read_pauses(checkout, "s").all.empty());
  Pauses pauses{"s"};
  const std::string some(40, 'a');
  pauses.all.push_back(pause(some, some));
  pauses.all.push_back({kNow, std::nullopt, "HEAD", "a note\nof two lines", true});
  pauses.snapshot = "refs/so-snapshots/s/wave-0-paused";
  pauses.files[RepoPath("a")] = {{git::FileMode::Regular, id(some)}, 0600U};
  pauses.files[RepoPath("b\xff")] = {{}, std::nullopt, true};
  pauses.undecided.insert(RepoPath("c"));
  pauses.shelve = pauses.out = true;
  pauses.scope = RepoPath(".claude/wave-scope.json");
  write_pauses(checkout, pauses);
  const Pauses read = read_pauses(checkout, "s");
  REQUIRE(read.all.size() == 2);
  CHECK(read.all[0].head == id(some));
  CHECK(read.all[0].resumed_at == kNow + minutes(5));
  CHECK(read.all[0].resumed_head == id(some));
  CHECK_FALSE(read.all[0].by_status_alone);
  CHECK(read.all[1].note == "a note\nof two lines");
  CHECK(read.all[1].by_status_alone);
  CHECK_FALSE(read.all[1].head);
  CHECK_FALSE(read.all[1].resumed_at);
  REQUIRE(read.files.size() == 2);
  CHECK(read.files.at(RepoPath("a")).permissions == 0600U);
  CHECK(read.files.at(RepoPath("a")).worktree.oid == id(some));
  CHECK(read.files.at(RepoPath("b\xff")).stays);
  CHECK_FALSE(read.files.at(RepoPath("b\xff")).worktree.present());
  CHECK(read.undecided == std::set<RepoPath>{RepoPath("c")});
  CHECK(read.shelve);
  CHECK(read.out);
  CHECK(read.scope == RepoPath(".claude/wave-scope.json"));
}

TEST_CASE("pauses that cannot be read are an error that names the file") {
  const PausedRepo repo;
  for (const char* text : {"{", "{}", "[1]", "{\"schema\":2}",
                           "{\"schema\":1,\"session\":\"s\",\"pauses\":[{\"paused_at\":\"x\"}]}"}) {
    repo.write(".git/git-session/pauses/s.json", text);
    CHECK(contains(error_of([&] { (void)read_pauses(repo.open().checkout(), "s"); }),
                   "git-session/pauses/s.json"));
  }
}

TEST_CASE("the pause that STATE.md speaks of is the last one, if it has the same time") {
  Pauses pauses{"s"};
  StateFile state;
  state.status = Status::Paused;
  state.paused_at = kNow;
  CHECK(open_pause(pauses, state) == nullptr);
  const std::string some(40, 'a');
  pauses.all = {pause(some, some), pause(some, "")};
  CHECK(open_pause(pauses, state) == &pauses.all.back());
  state.status = Status::Active;
  CHECK(open_pause(pauses, state) == nullptr);
  state.status = Status::Paused;
  state.paused_at = kNow + minutes(1);
  CHECK(open_pause(pauses, state) == nullptr);
  state.paused_at.reset();
  CHECK(open_pause(pauses, state) == nullptr);
}

TEST_CASE("only pauses that are over count, and the one that is open") {
  const std::string some(40, 'a');
  Pauses pauses{"s", {pause(some, some), pause(some, "")}};
  CHECK(time_paused(pauses, nullptr, kNow + minutes(60)) == minutes(5));
  CHECK(time_paused(pauses, &pauses.all[1], kNow + minutes(60)) == minutes(65));
  // A clock that was set back.
  CHECK(time_paused(pauses, &pauses.all[1], kNow - minutes(60)) == minutes(5));
  pauses.all[0].resumed_at = kNow - minutes(5);
  CHECK(time_paused(pauses, nullptr, kNow) == minutes(0));
}

TEST_CASE("what was committed in a pause is what its two ends say") {
  PausedRepo repo;
  const std::string a = repo.commit("own-a");
  const std::string b = repo.commit("theirs-b");
  const std::string c = repo.commit("own-c");
  const std::string d = repo.commit("theirs-d");
  CHECK(repo.made({"s", {pause(a, b)}}) == Names{"theirs-b"});
  CHECK(repo.made({"s", {pause(a, b), pause(c, d)}}) == Names{"theirs-b", "theirs-d"});
  CHECK(repo.made({"s", {pause(a, a)}}).empty());
  CHECK(repo.made({"s", {pause(a, b), pause(c, "")}}) == Names{"theirs-b"});
  CHECK(repo.made({"s", {pause(a, b), pause(c, "")}}, true) == Names{"theirs-b", "theirs-d"});
  // The ends are not there any more.
  CHECK(repo.made({"s", {pause(std::string(40, 'a'), b)}}).empty());
  CHECK(repo.made({"s", {pause(a, std::string(40, 'a'))}}).empty());
  // Of a pause that no command has recorded nothing is known.
  Pause unknown{kNow};
  unknown.by_status_alone = true;
  unknown.resumed_at = kNow;
  unknown.resumed_head = id(d);
  CHECK(repo.made({"s", {unknown}}).empty());
}

TEST_CASE("a rebase in the pause does not make the session's own commits others'") {
  PausedRepo repo;
  const std::string start = repo.git({"rev-parse", "HEAD"});
  const std::string own = repo.commit("own");
  repo.git({"checkout", "-q", "-b", "upstream", start});
  repo.commit("upstream");
  repo.git({"checkout", "-q", "main"});
  repo.git({"rebase", "-q", "upstream"});
  const std::string theirs = repo.commit("theirs");
  CHECK(repo.made({"s", {pause(own, theirs)}}) == Names{"upstream", "theirs"});
}

TEST_CASE("a rebase after the pause does not make others' commits the session's own") {
  PausedRepo repo;
  const std::string start = repo.git({"rev-parse", "HEAD"});
  const std::string own = repo.commit("own");
  const std::string theirs = repo.commit("theirs");
  repo.commit("own-later");
  repo.git({"checkout", "-q", "-b", "upstream", start});
  repo.commit("upstream");
  repo.git({"checkout", "-q", "main"});
  repo.git({"rebase", "-q", "upstream"});
  repo.git({"commit", "-q", "--amend", "-m", "own-amended"});
  CHECK(repo.made({"s", {pause(own, theirs)}}) == Names{"theirs"});
}
