#include "session/submodules.h"

#include <doctest/doctest.h>

#include "session/session_fixture.h"

using namespace gs;
using session::follow_submodules;
using session::OwnedChange;
using session::Owner;
using session::submodule_sections;
using test::TempRepo;

namespace {

const git::ObjectId kCommit = git::Repository::hash_blob("a commit");

struct Fixture {
  TempRepo repo;

  [[nodiscard]] git::Repository open() const { return git::Repository::open(repo.path()); }
  [[nodiscard]] OwnedChange file(const std::string& before, const std::string& now) const {
    repo.write(".gitmodules", now);
    session::Change change;
    change.path = RepoPath(".gitmodules");
    change.head = {git::FileMode::Regular, open().write_blob(before)};
    change.index = change.worktree = {git::FileMode::Regular, git::Repository::hash_blob(now)};
    return {change, Owner::Unclaimed, "reason"};
  }
  static OwnedChange link(const char* path, bool added, Owner owner = Owner::Ours) {
    session::Change change;
    change.path = RepoPath(path);
    const git::TreeEntry entry{git::FileMode::Gitlink, kCommit};
    (added ? change.worktree : change.head) = entry;
    change.index = change.worktree;
    return {change, owner, "reason"};
  }
};

std::string section(const std::string& name, const std::string& path) {
  return "[submodule \"" + name + "\"]\n\tpath = " + path + "\n\turl = ../x\n";
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "the section of an added submodule, and nothing of others") {
  const std::string head = "# ours\n" + section("old", "old");
  const std::string now =
      "# ours\n" + section("theirs", "t") + section("old", "old") + section("a.b \\\" c", "v/lib");
  const auto part = submodule_sections(open(), {file(head, now), link("v/lib", true)});
  REQUIRE(part);
  CHECK(part->content == head + section("a.b \\\" c", "v/lib"));
  CHECK_FALSE(part->everything);
  CHECK(part->link.bytes() == "v/lib");
}

TEST_CASE_FIXTURE(Fixture, "a removed, a moved and an updated section keep the others in place") {
  const std::string head = section("a", "a") + section("b", "b") + section("c", "c");
  SUBCASE("removed") {
    const auto part = submodule_sections(
        open(), {file(head, section("a", "a") + section("c", "c")), link("b", false)});
    REQUIRE(part);
    CHECK(part->everything);
    CHECK(part->content == section("a", "a") + section("c", "c"));
  }
  SUBCASE("moved") {
    const std::string now = section("a", "a") + section("b", "moved") + section("c", "c");
    const auto part =
        submodule_sections(open(), {file(head, now), link("b", false), link("moved", true)});
    REQUIRE(part);
    CHECK(part->content == now);
    CHECK(part->link.bytes() == "moved");
  }
  SUBCASE("another's gitlink") {
    CHECK_FALSE(submodule_sections(open(), {file(head, section("a", "a") + section("c", "c")),
                                            link("b", false, Owner::Unclaimed)}));
  }
  SUBCASE("not described") {
    CHECK_FALSE(
        submodule_sections(open(), {file(head, head + section("d", "d")), link("e", true)}));
  }
  SUBCASE("not readable") {
    CHECK_FALSE(submodule_sections(open(), {file(head, head + "[broken"), link("b", false)}));
  }
}

TEST_CASE_FIXTURE(Fixture, "a file without a last line ending keeps its lines apart") {
  const auto part = submodule_sections(
      open(), {file("[core]\n\tx = 1", "[core]\n\tx = 1\n" + section("a", "a")), link("a", true)});
  REQUIRE(part);
  CHECK(part->content == "[core]\n\tx = 1\n" + section("a", "a"));
}

TEST_CASE_FIXTURE(Fixture, "the file follows the gitlink, and is the session's if all of it is") {
  std::vector<OwnedChange> owned{file("", section("a", "a")), link("a", true)};
  follow_submodules(open(), owned);
  CHECK(owned[0].owner == Owner::Ours);
  CHECK(owned[0].renamed_with == RepoPath("a"));
  owned = {file("", section("a", "a") + section("b", "b")), link("a", true)};
  follow_submodules(open(), owned);
  CHECK(owned[0].owner == Owner::Unclaimed);
  CHECK(owned[0].renamed_with == RepoPath("a"));
}
