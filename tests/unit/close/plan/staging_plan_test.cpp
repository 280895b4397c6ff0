#include "close/plan/staging_plan.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "git/status/status.h"
#include "session/session_fixture.h"

using namespace gs;
using namespace gs::close;
using session::Owner;
using test::TempRepo;

namespace {

struct StagingFixture {
  TempRepo repo;

  StagingFixture() {
    repo.write("seed", "seed\n");
    repo.commit_all("seed");
  }

  [[nodiscard]] git::Repository open() const { return git::Repository::open(repo.path()); }

  // The uncommitted change of a path, with its owner.
  session::OwnedChange change(const std::string& path, Owner owner) const {
    const git::Repository repository = open();
    const auto status = git::read_status(repository);
    const auto head = repository.head().commit;
    for (session::Change& change : session::find_changes(repository, head, status).changes) {
      if (change.path.bytes() == path) return {std::move(change), owner, "reason", std::nullopt};
    }
    FAIL("no change of " << path);
    return {};
  }
  // The same, of a file that held `at_start` when the session started.
  session::OwnedChange since(const std::string& path, Owner owner,
                             const std::string& at_start) const {
    session::OwnedChange owned = change(path, owner);
    const git::TreeEntry start{owned.change.worktree.mode, open().write_blob(at_start)};
    owned.at_start = {owned.change.head, owned.change.head, start};
    return owned;
  }
  StagingPlan plan(const std::vector<session::OwnedChange>& owned,
                   const StagingChoices& choices = {},
                   const std::optional<session::Plan>& session_plan = std::nullopt) const {
    return plan_staging(open(), owned, session_plan, choices);
  }
};

session::PlanItem item(const char* title, const char* pattern) {
  session::PlanItem made;
  made.title = title;
  made.files.emplace_back(pattern);
  return made;
}

const char* const kTen = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";
const char* const kTheirs = "theirs\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";
const char* const kBoth = "theirs\n2\n3\n4\n5\n6\n7\n8\n9\nours\n";
const char* const kOurs = "1\n2\n3\n4\n5\n6\n7\n8\n9\nours\n";

}  // namespace

TEST_CASE_FIXTURE(StagingFixture,
                  "own files go to the first item that names them, the rest is emergent and last") {
  repo.write("src/a", "a");
  repo.write("src/b", "b");
  repo.write("other", "o");
  session::Plan items;
  items.items = {item("B", "src/b"), item("All", "src/**")};
  const StagingPlan staging = plan(
      {change("other", Owner::Ours), change("src/a", Owner::Ours), change("src/b", Owner::Ours)},
      {}, items);
  REQUIRE(staging.units.size() == 3);
  CHECK(staging.units[0].item == 0);
  CHECK(staging.units[0].files[0].change.change.path.bytes() == "src/b");
  CHECK(staging.units[1].item == 1);
  CHECK_FALSE(staging.units[2].item.has_value());
  CHECK(staging.file_count() == 3);
  CHECK(staging.left.empty());
}

TEST_CASE_FIXTURE(StagingFixture,
                  "what is not the session's stays, unless it is decided otherwise") {
  repo.write("f", "f");
  repo.write("u", "u");
  repo.write("c", "c");
  const std::vector<session::OwnedChange> owned = {
      change("f", Owner::Foreign), change("u", Owner::Unclaimed), change("c", Owner::Contested)};
  CHECK(plan(owned).units.empty());
  CHECK(plan(owned).left.size() == 3);
  const StagingPlan all = plan(owned, {.include = {RepoPath("f"), RepoPath("u"), RepoPath("c")}});
  CHECK(all.file_count() == 2);
  REQUIRE(all.left.size() == 1);
  CHECK(all.left[0].path.bytes() == "f");  // nothing makes a foreign file ours
  const StagingPlan one = plan(owned, {.include = {RepoPath("c")}});
  REQUIRE(one.file_count() == 1);
  CHECK(one.units[0].files[0].change.change.path.bytes() == "c");
  CHECK(one.units[0].files[0].how == "contested, by decision");
}

TEST_CASE_FIXTURE(StagingFixture, "what was staged by hand goes in as staged") {
  repo.write("seed", "staged\n");
  repo.git({"add", "seed"});
  repo.write("seed", "staged\nand more\n");
  const StagingPlan staging = plan({change("seed", Owner::Ours)});
  REQUIRE(staging.file_count() == 1);
  const StagedFile& file = staging.units[0].files[0];
  CHECK(file.entry.oid == git::Repository::hash_blob("staged\n"));
  CHECK(file.how == "as staged");
}

TEST_CASE_FIXTURE(StagingFixture, "a mixed file is split, taken whole, or left") {
  repo.write("m", kTen);
  repo.commit_all("ten");
  repo.write("m", kBoth);
  const session::OwnedChange owned = since("m", Owner::Mixed, kTheirs);
  const auto part = session_part(open(), owned);
  REQUIRE(part.has_value());
  CHECK(part->content == kOurs);

  const StagingPlan split = plan({owned}, {.split = {RepoPath("m")}});
  REQUIRE(split.file_count() == 1);
  CHECK(split.units[0].files[0].entry.oid == git::Repository::hash_blob(kOurs));
  CHECK(split.units[0].files[0].split_content == std::string(kOurs));
  const StagingPlan whole = plan({owned}, {.include = {RepoPath("m")}});
  CHECK(whole.units[0].files[0].entry.oid == git::Repository::hash_blob(kBoth));
  CHECK(plan({owned}).left.size() == 1);
}

TEST_CASE_FIXTURE(StagingFixture,
                  "parts that touch each other are not told apart, and then the file stays") {
  repo.write("m", "1\n");
  repo.commit_all("one");
  repo.write("m", "theirs and ours\n");
  const session::OwnedChange owned = since("m", Owner::Mixed, "theirs\n");
  CHECK_FALSE(session_part(open(), owned).has_value());
  const StagingPlan staging = plan({owned}, {.split = {RepoPath("m")}});
  CHECK(staging.units.empty());
  REQUIRE(staging.left.size() == 1);
  CHECK(staging.left[0].reason.find("cannot be separated") != std::string::npos);
}

TEST_CASE_FIXTURE(StagingFixture,
                  "an included file that was dirty at the start gives only what changed since") {
  repo.write("m", kTen);
  repo.commit_all("ten");
  repo.write("m", kBoth);
  for (const Owner owner : {Owner::Unclaimed, Owner::Contested}) {
    const StagingPlan staging = plan({since("m", owner, kTheirs)}, {.include = {RepoPath("m")}});
    REQUIRE(staging.file_count() == 1);
    CHECK(staging.units[0].files[0].entry.oid == git::Repository::hash_blob(kOurs));
  }
  // Nothing changed since: nothing is committed.
  const StagingPlan none =
      plan({since("m", Owner::Unclaimed, kBoth)}, {.include = {RepoPath("m")}});
  CHECK(none.units.empty());
  CHECK(none.left.size() == 1);
}

TEST_CASE_FIXTURE(StagingFixture,
                  "a file below one that stays in HEAD cannot be committed without its removal") {
  repo.write("d", "a file");
  repo.commit_all("d");
  repo.remove("d");
  repo.write("d/inside", "x");
  const StagingPlan alone = plan({change("d", Owner::Foreign), change("d/inside", Owner::Ours)});
  CHECK(alone.units.empty());
  REQUIRE(alone.left.size() == 2);
  CHECK(alone.left[1].reason.find("'d' is in the way") != std::string::npos);
  const StagingPlan both = plan({change("d", Owner::Ours), change("d/inside", Owner::Ours)});
  CHECK(both.file_count() == 2);
}
