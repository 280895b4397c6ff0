#include "session/trust.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::TempRepo;

namespace {

TrustItem command(const std::string& text, const std::string& what = "test-command") {
  return {TrustItem::Kind::Command, what, text};
}
TrustItem destination(const std::string& text) {
  return {TrustItem::Kind::Destination, "remote", text};
}

struct TrustFixture {
  TempRepo repo;
  git::Repository repository = git::Repository::open(repo.path());
  std::string file = repo.path(".git/git-session/trust");

  [[nodiscard]] bool knows(const TrustItem& item) const { return Trust(repository).knows(item); }
};

Plan plan_with(const std::string& verify) {
  return parse_plan("title = \"t\"\n[[item]]\ntitle = \"i\"\nverify = \"" + verify + "\"\n", "p");
}

}  // namespace

TEST_CASE_FIXTURE(TrustFixture,
                  "what was remembered is known byte for byte, wherever it is configured") {
  CHECK_FALSE(knows(command("make test")));
  remember_trust(repository, {command("make test")});
  CHECK(knows(command("make test")));
  CHECK(knows(command("make test", "lint-command of another file")));
  for (const char* other : {"make test ", " make test", "make  test", "make test\n", "make", ""}) {
    CHECK_FALSE_MESSAGE(knows(command(other)), other);
  }
}

TEST_CASE_FIXTURE(TrustFixture,
                  "a trusted command is not a trusted destination, and none the other way") {
  remember_trust(repository, {command("/srv/vault"), destination("/srv/other")});
  CHECK_FALSE(knows(destination("/srv/vault")));
  CHECK_FALSE(knows(command("/srv/other")));
  // Nor does a command's text that reads like the other kind's prefix make it one.
  remember_trust(repository, {command(" a destination\n/srv/third")});
  CHECK_FALSE(knows(destination("/srv/third")));
}

TEST_CASE_FIXTURE(TrustFixture, "the unknown ones keep their order") {
  remember_trust(repository, {command("b")});
  const auto unknown =
      Trust(repository).unknown({command("c"), command("b"), destination("b"), command("a")});
  REQUIRE(unknown.size() == 3);
  CHECK(unknown[0].text == "c");
  CHECK(unknown[1].kind == TrustItem::Kind::Destination);
  CHECK(unknown[2].text == "a");
}

TEST_CASE_FIXTURE(TrustFixture, "trust is added to and not written twice") {
  remember_trust(repository, {command("a")});
  const std::string first = read_file(file);
  remember_trust(repository, {command("a")});
  CHECK(read_file(file) == first);
  remember_trust(repository, {command("a"), command("b")});
  CHECK(read_file(file).starts_with(first));
  CHECK(read_file(file).size() == 2 * first.size());
  CHECK(knows(command("a")));
  CHECK(knows(command("b")));
}

TEST_CASE_FIXTURE(TrustFixture, "nothing to remember makes no file") {
  remember_trust(repository, {});
  CHECK_FALSE(file_info(file));
}

TEST_CASE_FIXTURE(TrustFixture, "a torn line trusts nothing by halves, nor spoils the next") {
  remember_trust(repository, {command("a")});
  write_file_atomically(file, read_file(file).substr(0, 20));
  CHECK_FALSE(knows(command("a")));
  remember_trust(repository, {command("b")});
  CHECK(knows(command("b")));
  CHECK_FALSE(knows(command("a")));
}

TEST_CASE_FIXTURE(TrustFixture, "worktrees share what is trusted") {
  repo.write("a", "a");
  repo.commit_all("base");
  const TemporaryDirectory parent;
  const std::string side = join_path(parent.path(), "side");
  repo.git({"worktree", "add", "-q", side, "-b", "side"});
  remember_trust(git::Repository::open(side), {command("a")});
  CHECK(knows(command("a")));
}

TEST_CASE("an answer trusts exactly what was shown, in that order") {
  const std::string answer = trust_answer({command("a"), command("b")});
  CHECK(answer.size() == 12);
  CHECK(answer == trust_answer({command("a"), command("b")}));
  CHECK(answer != trust_answer({command("b"), command("a")}));
  CHECK(answer != trust_answer({command("a")}));
  CHECK(answer != trust_answer({command("a"), command("b"), command("c")}));
  CHECK(answer != trust_answer({command("a"), command("b ")}));
  CHECK(answer != trust_answer({command("a"), command("b", "another key")}));
  CHECK(answer != trust_answer({command("a"), destination("b")}));
}

TEST_CASE("a plan's commands are those of the items that are not dropped") {
  const Plan plan = parse_plan(
      "title = \"t\"\n"
      "[[item]]\ntitle = \"one\"\nverify = \"a\"\n"
      "[[item]]\ntitle = \"two\"\n"
      "[[item]]\ntitle = \"three\"\nverify = \"c\"\ndropped = \"no longer\"\n",
      "p");
  const auto items = commands_of(plan, "the plan");
  REQUIRE(items.size() == 1);
  CHECK(items[0].kind == TrustItem::Kind::Command);
  CHECK(items[0].what == "verify of 'one' in the plan");
  CHECK(items[0].text == "a");
}

TEST_CASE_FIXTURE(TrustFixture,
                  "a plan that the user brings is trusted, one of the repository is not") {
  const TemporaryDirectory outside;
  const std::string brought = join_path(outside.path(), "plan.toml");
  write_file_atomically(brought, "");
  repo.write("plan.toml", "");
  repo.write("sub/plan.toml", "");

  trust_plan_from(repository, plan_with("in the tree"), repo.path("plan.toml"));
  CHECK_FALSE(knows(command("in the tree")));
  trust_plan_from(repository, plan_with("below"), repo.path("sub/../sub/plan.toml"));
  CHECK_FALSE(knows(command("below")));
  const std::string link = join_path(outside.path(), "link.toml");
  REQUIRE(symlink(repo.path("plan.toml").c_str(), link.c_str()) == 0);
  trust_plan_from(repository, plan_with("through a link"), link);
  CHECK_FALSE(knows(command("through a link")));
  REQUIRE(symlink(repo.path("sub").c_str(), join_path(outside.path(), "dir").c_str()) == 0);
  trust_plan_from(repository, plan_with("through a directory"),
                  join_path(outside.path(), "dir/plan.toml"));
  CHECK_FALSE(knows(command("through a directory")));
  repo.write(".git/hidden.toml", "");
  trust_plan_from(repository, plan_with("in the git directory"), repo.path(".git/hidden.toml"));
  CHECK_FALSE(knows(command("in the git directory")));

  trust_plan_from(repository, plan_with("the user's"), brought);
  CHECK(knows(command("the user's")));
}

TEST_CASE_FIXTURE(TrustFixture,
                  "a directory whose name begins as the work tree's is outside of it") {
  const std::string beside = repo.path() + "-beside";
  make_directories(beside);
  write_file_atomically(join_path(beside, "plan.toml"), "");
  trust_plan_from(repository, plan_with("beside"), join_path(beside, "plan.toml"));
  CHECK(knows(command("beside")));
  remove_file(join_path(beside, "plan.toml"));
}
