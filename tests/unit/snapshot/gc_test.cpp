#include "snapshot/gc.h"

#include <doctest/doctest.h>

#include <chrono>

#include "git/expiry.h"
#include "session/baseline.h"
#include "session/session_fixture.h"

using namespace gs;
using namespace gs::snapshot;
using gs::test::any_contains;
using gs::test::state_text;
using gs::test::TempRepo;
using gs::test::workspace_of;

namespace {

constexpr std::chrono::hours kOneDay{24};

// A repository with snapshots of chosen ages.
class GcRepo : public TempRepo {
 public:
  GcRepo() {
    write("file", "content\n");
    commit_all("base");
  }

  void snapshot(const std::string& session, const std::string& label, int days_old) const {
    write("file", session + label + "\n");
    SaveRequest request;
    request.session = session;
    request.label = label;
    request.now = test::kNow - days_old * kOneDay;
    (void)save(git::Repository::open(path()), request);
    write("file", "content\n");
  }
  void baseline(const std::string& session, int days_old) const {
    session::Baseline baseline;
    baseline.session = session;
    baseline.taken_at = test::kNow - days_old * kOneDay;
    session::write_baseline(git::Repository::open(path()), baseline);
  }
  void state(const std::string& directory, const std::string& session) const {
    write(directory + "/STATE.md", state_text({.session = session}));
  }
  [[nodiscard]] GcResult collect(const std::string& older_than, bool dry_run = false) const {
    const session::Workspace workspace = workspace_of(*this, ".claude");
    const auto expiry = git::parse_expiry(workspace.repository.git(), older_than, test::kNow);
    REQUIRE(expiry);
    return snapshot::collect(workspace, *expiry, test::kNow, dry_run);
  }
  [[nodiscard]] std::string refs() const {
    return git({"for-each-ref", "--format=%(refname:lstrip=2)", "refs/so-snapshots"});
  }
};

}  // namespace

TEST_CASE("what is older than the limit goes, loose and packed, and the rest stays") {
  const GcRepo repo;
  repo.snapshot("gone", "old", 40);
  repo.snapshot("gone", "middle", 20);
  repo.git({"pack-refs", "--all"});
  repo.snapshot("gone", "older", 41);
  repo.snapshot("gone", "young", 3);
  const GcResult result = repo.collect("30.days");
  CHECK(result.scanned == 4);
  CHECK(result.deleted == 2);
  CHECK(result.kept == 2);
  CHECK(result.errors.empty());
  CHECK(repo.refs() == "gone/wave-0-middle\ngone/wave-0-young");
}

TEST_CASE("a dry run counts and deletes nothing") {
  const GcRepo repo;
  repo.snapshot("gone", "old", 40);
  repo.baseline("gone", 40);
  const GcResult result = repo.collect("30.days", true);
  CHECK(result.deleted == 1);
  CHECK(result.stale.size() == 1);
  CHECK(repo.refs() == "gone/wave-0-old");
  CHECK(session::read_baseline(git::Repository::open(repo.path()), "gone"));
}

TEST_CASE("sessions that run in any state directory or worktree keep everything") {
  const GcRepo repo;
  repo.snapshot("here", "old", 40);
  repo.snapshot("there", "old", 40);
  repo.snapshot("closing", "old", 40);
  repo.snapshot("gone", "old", 40);
  repo.state(".codex", "here");
  const TemporaryDirectory elsewhere;
  const std::string linked = elsewhere.path() + "/linked";
  repo.git({"worktree", "add", "-q", "-b", "side", linked});
  make_directories(linked + "/.claude");
  write_file_atomically(linked + "/.claude/STATE.md",
                        state_text({.branch = "side", .status = "paused", .session = "there"}));
  make_directories(repo.path(".git/git-session/close"));
  write_file_atomically(repo.path(".git/git-session/close/journal.jsonl"),
                        "{\"session\":\"closing\"}\n");
  const GcResult result = repo.collect("now");
  CHECK(result.protected_count == 3);
  CHECK(result.deleted == 1);
  CHECK(repo.refs() == "closing/wave-0-old\nhere/wave-0-old\nthere/wave-0-old");
}

TEST_CASE("two sessions that share a ref name are told apart") {
  const GcRepo repo;
  repo.snapshot("a/b", "one", 40);
  repo.snapshot("a-b", "two", 40);
  repo.state(".claude", "a/b");
  CHECK(repo.collect("now").deleted == 1);
  CHECK(repo.refs() == "a-b/wave-0-one");
}

TEST_CASE("while a STATE.md cannot be read nothing is deleted, and it is named") {
  const GcRepo repo;
  repo.snapshot("gone", "old", 40);
  repo.baseline("gone", 40);
  repo.write(".pi/STATE.md", "no frontmatter\n");
  const GcResult result = repo.collect("now");
  CHECK(result.deleted == 0);
  CHECK(result.protected_count == 1);
  CHECK(any_contains(result.errors, ".pi/STATE.md"));
  CHECK(result.stale.empty());
  CHECK(repo.refs() == "gone/wave-0-old");
}

TEST_CASE("baselines of ended sessions go when they are old, those of running ones stay") {
  const GcRepo repo;
  repo.baseline("gone", 40);
  repo.baseline("recent", 2);
  repo.baseline("running", 40);
  repo.state(".claude", "running");
  repo.write(".git/git-session/baselines/unreadable.json", "{");
  const GcResult result = repo.collect("30.days");
  CHECK(result.stale == std::vector<std::string>{"git-session/baselines/gone.json"});
  const auto repository = git::Repository::open(repo.path());
  CHECK_FALSE(session::read_baseline(repository, "gone"));
  CHECK(session::read_baseline(repository, "recent"));
  CHECK(session::read_baseline(repository, "running"));
  CHECK(file_info(repo.path(".git/git-session/baselines/unreadable.json")));
}

TEST_CASE("what a killed close left goes once its journal is gone, and not before") {
  const GcRepo repo;
  repo.write(".git/git-session/close/files/0123", "kept content");
  repo.write(".git/git-session/close/journal.jsonl", "{\"session\":\"closing\"}\n");
  CHECK(repo.collect("now").stale.empty());
  CHECK(file_info(repo.path(".git/git-session/close/files/0123")));
  repo.remove(".git/git-session/close/journal.jsonl");
  CHECK(repo.collect("now", true).stale.size() == 1);
  CHECK(repo.collect("now").stale == std::vector<std::string>{"git-session/close/files"});
  CHECK_FALSE(file_info(repo.path(".git/git-session/close/files")));
}

TEST_CASE("never deletes nothing, whatever its age") {
  const GcRepo repo;
  repo.snapshot("gone", "old", 4000);
  repo.baseline("gone", 4000);
  const GcResult result = repo.collect("never");
  CHECK(result.deleted == 0);
  CHECK(result.stale.empty());
}

TEST_CASE("refs of another form are named and left alone") {
  const GcRepo repo;
  repo.git({"update-ref", "refs/so-snapshots/odd", "HEAD"});
  const GcResult result = repo.collect("now");
  CHECK(result.scanned == 0);
  CHECK(result.ignored == std::vector<std::string>{"refs/so-snapshots/odd"});
  CHECK(repo.refs() == "odd");
}

TEST_CASE("a ref that cannot be locked is reported, and the others go") {
  const GcRepo repo;
  repo.snapshot("gone", "locked", 40);
  repo.snapshot("gone", "free", 40);
  repo.write(".git/refs/so-snapshots/gone/wave-0-locked.lock/no-file", "");
  const GcResult result = repo.collect("now");
  CHECK(result.deleted == 1);
  CHECK(result.failed == std::vector<std::string>{"refs/so-snapshots/gone/wave-0-locked"});
  CHECK(any_contains(result.errors, "wave-0-locked"));
  repo.remove(".git/refs/so-snapshots/gone/wave-0-locked.lock");
  CHECK(repo.refs() == "gone/wave-0-locked");
}

namespace {

const Timestamp kThen = *parse_iso8601("2026-03-15T00:00:00Z");

Snapshot aged(const std::string& session, std::chrono::milliseconds age, bool with_subject = true) {
  Snapshot snapshot;
  snapshot.name = {map_component(session), 1, "x"};
  snapshot.ref = ref_name(snapshot.name);
  snapshot.subject = with_subject ? subject(session, 1, "x") : "something else";
  snapshot.session = with_subject ? session : snapshot.name.session;
  snapshot.created_at = kThen - age;
  return snapshot;
}

Verdict judge_one(const Snapshot& snapshot, const git::Expiry& expiry,
                  const std::set<std::string>& protected_sessions = {}) {
  return judge({snapshot}, expiry, protected_sessions, kThen).at(0).verdict;
}

const git::Expiry kFourteenDays{.never = false, .before = kThen - 14 * kOneDay};

}  // namespace

TEST_CASE("what is older than the expiry is deleted, what is as old is kept") {
  CHECK(judge_one(aged("s", 14 * kOneDay + std::chrono::seconds(1)), kFourteenDays) ==
        Verdict::Delete);
  CHECK(judge_one(aged("s", 14 * kOneDay), kFourteenDays) == Verdict::Keep);
  CHECK(judge_one(aged("s", -kOneDay), kFourteenDays) == Verdict::Keep);
}

TEST_CASE("never keeps everything, now deletes even what was made this second") {
  CHECK(judge_one(aged("s", 9000 * kOneDay), {.never = true, .before = {}}) == Verdict::Keep);
  const git::Expiry now{.never = false, .before = kThen};
  CHECK(judge_one(aged("s", {}), now) == Verdict::Delete);
  CHECK(judge_one(aged("s", -kOneDay), now) == Verdict::Delete);
}

TEST_CASE("a protected session keeps its snapshots, however old") {
  const auto old = aged("a/b", 100 * kOneDay);
  CHECK(judge_one(old, kFourteenDays, {"a/b"}) == Verdict::Protect);
  CHECK(judge_one(old, kFourteenDays, {"other"}) == Verdict::Delete);
  CHECK(judge_one(aged("a/b", kOneDay), kFourteenDays, {"a/b"}) == Verdict::Protect);
}

TEST_CASE("protection is told by the raw id, by the mapped one only where the raw is unknown") {
  CHECK(judge_one(aged("a-b", 100 * kOneDay), kFourteenDays, {"a/b"}) == Verdict::Delete);
  CHECK(judge_one(aged("a-b", 100 * kOneDay, false), kFourteenDays, {"a/b"}) == Verdict::Protect);
}

TEST_CASE("the age is told in days") {
  const auto judged = judge({aged("s", std::chrono::hours(36))}, kFourteenDays, {}, kThen);
  CHECK(judged.at(0).age_days == doctest::Approx(1.5));
}
