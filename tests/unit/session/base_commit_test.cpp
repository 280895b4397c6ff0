#include "session/base_commit.h"

#include <doctest/doctest.h>

#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::any_contains;
using gs::test::contains;
using gs::test::error_of;
using gs::test::TempRepo;
using gs::test::workspace_of;

namespace {

class Branched : public TempRepo {
 public:
  Branched() {
    write("a", "1");
    first = commit_all("first");
    write("a", "2");
    second = commit_all("second");
  }
  [[nodiscard]] BaseCommit base(const std::string& start_ref,
                                const std::optional<std::string>& option = {}) {
    warnings.clear();
    return choose_base(workspace_of(*this, ".claude"), option, start_ref, warnings);
  }
  std::string first, second;
  std::vector<std::string> warnings;
};

}  // namespace

TEST_CASE("--base outranks the start ref") {
  Branched repo;
  const BaseCommit base = repo.base(repo.second, "main~1");
  CHECK(base.commit->hex() == repo.first);
  CHECK(base.reason == "--base");
  CHECK(contains(error_of([&] { (void)repo.base("", "nonsense"); }), "'nonsense' names no commit"));
}

TEST_CASE("the start ref is the base while it exists") {
  Branched repo;
  const BaseCommit base = repo.base(repo.first);
  CHECK(base.commit->hex() == repo.first);
  CHECK(base.reason == "session-start-ref");
  CHECK_FALSE(base.guessed);
  CHECK(repo.warnings.empty());
}

TEST_CASE("a start ref that is gone is a warning, and the merge base stands in") {
  Branched repo;
  repo.git({"update-ref", "refs/remotes/origin/main", repo.first});
  const BaseCommit base = repo.base(std::string(40, 'a'));
  CHECK(base.commit->hex() == repo.first);
  CHECK(base.reason == "merge base with origin/main");
  CHECK(any_contains(repo.warnings, "is no commit of this repository"));
}

TEST_CASE("a start ref off the branch is used, with a warning that the branch was rewritten") {
  Branched repo;
  repo.git({"checkout", "-q", "-b", "rewritten", repo.first});
  repo.write("b", "b");
  repo.commit_all("instead");
  CHECK(repo.base(repo.second).commit->hex() == repo.second);
  CHECK(any_contains(repo.warnings, "no ancestor of HEAD"));
}

TEST_CASE("without a start ref the base is where the branch left the remote's default branch") {
  Branched repo;
  repo.git({"update-ref", "refs/remotes/origin/trunk", repo.first});
  repo.git({"symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk"});
  const BaseCommit base = repo.base("");
  CHECK(base.commit->hex() == repo.first);
  CHECK(contains(base.reason, "merge base with origin/"));
  CHECK(repo.warnings.empty());
}

TEST_CASE("the configured remote is the one that is asked") {
  Branched repo;
  repo.git({"update-ref", "refs/remotes/origin/main", repo.second});
  repo.git({"update-ref", "refs/remotes/upstream/main", repo.first});
  const auto workspace = workspace_of(
      repo, ".claude", {{"remote", "upstream", config::Origin{"local", ".git/config", 0}}});
  const BaseCommit base = choose_base(workspace, {}, "", repo.warnings);
  CHECK(base.commit->hex() == repo.first);
  CHECK(base.reason == "merge base with upstream/main");
}

TEST_CASE("where nothing says, the base is the empty tree, with a warning") {
  Branched repo;
  const BaseCommit base = repo.base("");
  CHECK_FALSE(base.commit);
  CHECK(base.guessed);
  CHECK(any_contains(repo.warnings, "--base REV"));
}

TEST_CASE("an unborn branch starts from the empty tree without a warning") {
  const TempRepo repo;
  std::vector<std::string> warnings;
  const BaseCommit base = choose_base(workspace_of(repo, ".claude"), {}, "", warnings);
  CHECK_FALSE(base.commit);
  CHECK_FALSE(base.guessed);
  CHECK(warnings.empty());
}
