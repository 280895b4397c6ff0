#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <string>

#include "base/text.h"
#include "git/objects/disk_sizes.h"
#include "session/session_fixture.h"
#include "snapshot/gc.h"
#include "snapshot/sizes.h"

using namespace gs;
using namespace gs::snapshot;
using gs::test::any_contains;
using gs::test::state_text;
using gs::test::TempRepo;
using gs::test::workspace_of;

namespace {

constexpr std::chrono::hours kDay{24};

// `length` bytes that do not compress.
std::string noise(std::uint32_t seed, std::size_t length = 20000) {
  std::string text(length, '\0');
  for (char& c : text) {
    seed = seed * 1664525U + 1013904223U;
    c = static_cast<char>(seed >> 24U);
  }
  return text;
}

class BudgetRepo : public TempRepo {
 public:
  BudgetRepo() {
    write("dir/file", noise(1));
    commit_all("base");
  }
  [[nodiscard]] git::Repository open() const { return git::Repository::open(path()); }

  // Of what is dirty; leaves the tree as it is.
  SaveResult save_as(const std::string& session, const std::string& label, int days_old) const {
    SaveRequest request;
    request.session = session;
    request.label = label;
    request.now = test::kNow - days_old * kDay;
    return save(open(), request);
  }
  SaveResult take(const std::string& session, const std::string& label, int days_old,
                  std::uint32_t seed) const {
    write("dir/file", noise(seed));
    SaveResult saved = save_as(session, label, days_old);
    write("dir/file", noise(1));
    return saved;
  }
  [[nodiscard]] std::vector<std::string> keep_to(const std::string& limit,
                                                 const SaveResult& taken) const {
    const session::Workspace workspace =
        workspace_of(*this, ".claude", {{"snapshot-max-total", limit, {}}});
    return keep_to_budget(workspace, taken, test::kNow);
  }
  [[nodiscard]] std::string refs() const {
    return git({"for-each-ref", "--format=%(refname:lstrip=2)", "refs/so-snapshots"});
  }
  [[nodiscard]] std::uint64_t total() const { return Sizes::of_all(open()).total(); }
  // What git says that only these commits have.
  [[nodiscard]] std::uint64_t by_git(const std::string& revisions) const {
    std::uint64_t bytes = 0;
    const std::string listed =
        git({"rev-list", "--objects", "--no-object-names", "--not", "main", "--not", revisions});
    for (const std::string_view line : split_lines(listed)) {
      bytes += git::disk_sizes(open(), {*git::ObjectId::parse(line)}).front();
    }
    return bytes;
  }
};

}  // namespace

TEST_CASE("what a snapshot holds is what git finds only there") {
  const BudgetRepo repo;
  repo.write("dir/file", noise(2));
  repo.write("untracked", noise(3));
  repo.write("staged", noise(4));
  repo.git({"add", "staged"});
  const SaveResult saved = repo.save_as("s", "one", 0);
  const Sizes sizes = Sizes::of_all(repo.open());
  CHECK(sizes.total() == repo.by_git(saved.ref));
  CHECK(sizes.total() > 60000);
  CHECK(sizes.held_by(saved.oid) == sizes.total());
}

TEST_CASE("objects that several snapshots hold count once, and go with the last") {
  const BudgetRepo repo;
  repo.write("large", noise(2));
  const SaveResult one = repo.save_as("s", "one", 1);
  const std::uint64_t alone = repo.total();
  const SaveResult two = repo.save_as("s", "two", 0);
  CHECK(repo.total() < alone + 2000);
  Sizes sizes = Sizes::of_all(repo.open());
  sizes.drop(one.oid);
  CHECK(sizes.total() > 20000);
  CHECK(sizes.total() == sizes.held_by(two.oid));
  sizes.drop(two.oid);
  CHECK(sizes.total() == 0);
}

TEST_CASE("what moved to another place is not held by the snapshot") {
  const BudgetRepo repo;
  repo.git({"mv", "dir", "elsewhere"});
  (void)repo.save_as("s", "moved", 0);
  CHECK(repo.total() < 2000);
}

TEST_CASE("what is remembered stays right after drop, repack, a torn file and without a file") {
  const BudgetRepo repo;
  const std::string cache = repo.path(".git/git-session/snapshot-sizes");
  const SaveResult one = repo.take("s", "one", 1, 2);
  const SaveResult two = repo.take("s", "two", 0, 3);
  const std::uint64_t both = repo.total();
  CHECK(both == repo.by_git("--glob=refs/so-snapshots"));
  const std::string remembered = read_file(cache);
  CHECK(repo.total() == both);

  for (const std::size_t length :
       {std::size_t{0}, std::size_t{30}, remembered.size() / 2, remembered.size() - 1}) {
    write_file_atomically(cache, remembered.substr(0, length));
    CHECK(repo.total() == both);
    CHECK(read_file(cache) == remembered);
  }
  write_file_atomically(cache, std::string(remembered.size(), '\0'));
  CHECK(repo.total() == both);

  repo.git({"update-ref", "-d", one.ref});
  CHECK(repo.total() == Sizes::of_all(repo.open()).held_by(two.oid));
  repo.git({"repack", "-adq"});
  repo.git({"prune-packed"});
  Sizes sizes = Sizes::of_all(repo.open());
  sizes.narrow(repo.open());
  CHECK(sizes.total() == repo.by_git(two.ref));
  CHECK(repo.total() == sizes.total());
}

TEST_CASE("a new snapshot adds a line, and once most lines are of dropped ones, those go") {
  const BudgetRepo repo;
  const std::string cache = repo.path(".git/git-session/snapshot-sizes");
  const SaveResult one = repo.take("s", "one", 1, 2);
  (void)repo.total();
  const std::string before = read_file(cache);
  const SaveResult two = repo.take("s", "two", 0, 3);
  CHECK(repo.total() == repo.by_git("--glob=refs/so-snapshots"));
  const std::string after = read_file(cache);
  CHECK(after.starts_with(before));
  CHECK(after.find("\n" + two.oid.hex()) != std::string::npos);
  CHECK(after.ends_with('\n'));

  repo.git({"update-ref", "-d", one.ref});
  repo.git({"update-ref", "-d", two.ref});
  (void)repo.take("s", "three", 2, 4);
  CHECK(repo.total() == repo.by_git("--glob=refs/so-snapshots"));
  CHECK(read_file(cache).find(one.oid.hex()) == std::string::npos);
}

TEST_CASE("what HEAD has by now does not count on a closer look") {
  const BudgetRepo repo;
  repo.write("dir/file", noise(2));
  (void)repo.save_as("s", "one", 0);
  repo.commit_all("the same work");
  Sizes sizes = Sizes::of_all(repo.open());
  CHECK(sizes.total() > 20000);
  sizes.narrow(repo.open());
  CHECK(sizes.total() < 2000);
}

TEST_CASE("a ref that is not a snapshot, and a damaged one, stop nothing") {
  const BudgetRepo repo;
  const SaveResult saved = repo.take("s", "one", 0, 2);
  const std::uint64_t held = repo.total();
  repo.git({"update-ref", "refs/so-snapshots/blob", "HEAD:dir/file"});
  const std::string tree = repo.git({"rev-parse", saved.ref + "^{tree}"});
  CHECK(repo.total() == held);
  repo.remove(".git/git-session/snapshot-sizes");
  repo.remove(".git/objects/" + tree.substr(0, 2) + "/" + tree.substr(2));
  CHECK(repo.total() == 0);
}

TEST_CASE("within the limit nothing goes") {
  const BudgetRepo repo;
  (void)repo.take("gone", "before-close", 5, 2);
  const SaveResult taken = repo.take("s", "mine", 0, 3);
  CHECK(repo.keep_to("1m", taken).empty());
  CHECK(repo.refs() == "gone/wave-0-before-close\ns/wave-0-mine");
}

TEST_CASE("above it, the oldest that the program took go until the rest fits, each by name") {
  const BudgetRepo repo;
  (void)repo.take("gone", "before-close", 3, 2);
  (void)repo.take("older", "baseline", 9, 3);
  (void)repo.take("gone", "before-restore", 6, 4);
  const SaveResult taken = repo.take("s", "mine", 0, 5);
  const auto lines = repo.keep_to("50k", taken);
  CHECK(repo.refs() == "gone/wave-0-before-close\ns/wave-0-mine");
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].find("older/baseline") != std::string::npos);
  CHECK(lines[1].find("gone/before-restore") != std::string::npos);
}

TEST_CASE(
    "a person's, an open session's and the new one never go: a warning says what would help") {
  const BudgetRepo repo;
  repo.write(".git/info/exclude", ".claude\n");
  repo.write(".claude/STATE.md", state_text({.session = "open"}));
  (void)repo.take("open", "before-close", 90, 2);
  (void)repo.take("gone", "manual", 90, 3);
  (void)repo.take("gone", "before close", 80, 4);  // maps to the same name
  (void)repo.take("gone", "before-close.2", 90, 5);
  const SaveResult taken = repo.take("s", "baseline", 0, 6);
  const std::string before = repo.refs();
  const auto lines = repo.keep_to("90k", taken);
  CHECK(repo.refs() == before);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].find("git session snapshot drop") != std::string::npos);
  CHECK(lines[0].find("gone/before-close.2") != std::string::npos);
  CHECK(lines[0].find("open/before-close") == std::string::npos);
  CHECK(lines[0].find("git gc --prune=now") != std::string::npos);
}

TEST_CASE("where only an open session's are left, closing it is what helps") {
  const BudgetRepo repo;
  repo.write(".git/info/exclude", ".claude\n");
  repo.write(".claude/STATE.md", state_text({.session = "open"}));
  const SaveResult taken = repo.take("open", "before-close", 1, 2);
  const auto lines = repo.keep_to("1k", taken);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].find("closing the open sessions") != std::string::npos);
}

TEST_CASE("while a session cannot be read nothing goes") {
  const BudgetRepo repo;
  (void)repo.take("gone", "before-close", 5, 2);
  const SaveResult taken = repo.take("s", "mine", 0, 3);
  repo.write(".pi/STATE.md", "no frontmatter\n");
  CHECK(any_contains(repo.keep_to("1k", taken), ".pi/STATE.md"));
  CHECK(repo.refs() == "gone/wave-0-before-close\ns/wave-0-mine");
}

TEST_CASE("of two refs to one snapshot, the second frees it") {
  const BudgetRepo repo;
  const SaveResult one = repo.take("gone", "before-close", 5, 2);
  repo.git({"update-ref", "refs/so-snapshots/gone/wave-0-before-close.2", one.oid.hex()});
  const SaveResult taken = repo.take("s", "mine", 0, 3);
  CHECK(repo.keep_to("25k", taken).size() == 2);
  CHECK(repo.refs() == "s/wave-0-mine");
}

TEST_CASE("gc drops above the limit what is not expired, and counts it") {
  const BudgetRepo repo;
  (void)repo.take("gone", "before-close", 5, 2);
  (void)repo.take("gone", "manual", 5, 3);
  const session::Workspace workspace =
      workspace_of(repo, ".claude", {{"snapshot-max-total", "25k", {}}});
  const auto collect_all = [&](bool dry_run) {
    return collect(workspace, {.never = false, .before = test::kNow - 14 * kDay}, test::kNow,
                   dry_run);
  };
  CHECK(collect_all(true).deleted == 1);
  CHECK(repo.refs() == "gone/wave-0-before-close\ngone/wave-0-manual");
  const GcResult result = collect_all(false);
  CHECK(result.deleted == 1);
  CHECK(result.kept == 1);
  CHECK_FALSE(describe_excess(result.budget));
  CHECK(repo.refs() == "gone/wave-0-manual");
}
