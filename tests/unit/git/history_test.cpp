#include <doctest/doctest.h>

#include <filesystem>

#include "base/error.h"
#include "base/text.h"
#include "git/history.h"
#include "git/repository.h"
#include "support/temp_repo.h"

using gs::git::ObjectId;
using gs::git::Repository;
using gs::test::TempRepo;

namespace {

ObjectId id_of(const TempRepo& repo, const std::string& revision) {
  return *ObjectId::parse(repo.git({"rev-parse", revision}));
}

std::vector<std::string> hex_of(const std::vector<ObjectId>& ids) {
  std::vector<std::string> texts;
  for (const ObjectId& id : ids) texts.push_back(id.hex());
  return texts;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (const std::string_view line : gs::split_lines(text)) lines.emplace_back(line);
  return lines;
}

// main: m1 m2 m3 merge m4; side: s1 s2, off m1
void make_history(const TempRepo& repo) {
  repo.commit_all("m1");
  repo.git({"branch", "side"});
  repo.commit_all("m2");
  repo.commit_all("m3");
  repo.git({"checkout", "-q", "side"});
  repo.commit_all("s1");
  repo.commit_all("s2");
  repo.git({"checkout", "-q", "main"});
  repo.git({"merge", "-q", "--no-ff", "-m", "merge", "side"});
  repo.commit_all("m4");
  repo.git({"tag", "-a", "-m", "tag", "v1", "main~2"});
}

}  // namespace

TEST_CASE("revisions resolve as git's, and what names no commit is absent") {
  TempRepo repo;
  repo.write("a", "1\n");
  make_history(repo);
  const auto repository = Repository::open(repo.path());
  for (const std::string revision :
       {"HEAD", "main", "side", "main~2", "main^^2", "v1", "refs/heads/side", "@", "HEAD@{0}",
        "side@{1}", "HEAD:a", "HEAD^{tree}", "nothing", "HEAD~99", "-x", "--all", "", "main..side",
        "HEAD^{/m2}"}) {
    CAPTURE(revision);
    const auto git = repo.try_git(
        {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"});
    const auto ours = repository.resolve_commit(revision);
    CHECK(ours.has_value() == git.ok());
    if (ours && git.ok()) CHECK(ours->hex() == gs::trim(git.out));
  }
  const std::string full = repo.git({"rev-parse", "HEAD"});
  CHECK(repository.resolve_commit(full.substr(0, 12))->hex() == full);
  CHECK_FALSE(repository.resolve_commit(std::string(40, '1')));
}

TEST_CASE("a merge base is found, and unrelated histories have none") {
  TempRepo repo;
  make_history(repo);
  repo.git({"checkout", "-q", "--orphan", "other"});
  repo.commit_all("unrelated");
  const auto repository = Repository::open(repo.path());
  CHECK(repository.merge_base(id_of(repo, "main~2"), id_of(repo, "side")) == id_of(repo, "side~2"));
  CHECK_FALSE(repository.merge_base(id_of(repo, "main"), id_of(repo, "other")));
  CHECK(repository.is_ancestor(id_of(repo, "side"), id_of(repo, "main")));
  CHECK(repository.is_ancestor(id_of(repo, "main"), id_of(repo, "main")));
  CHECK_FALSE(repository.is_ancestor(id_of(repo, "main"), id_of(repo, "side")));
}

TEST_CASE("commits between two are those of git rev-list, newest first, up to a limit") {
  TempRepo repo;
  make_history(repo);
  const auto repository = Repository::open(repo.path());
  const auto tip = id_of(repo, "main");
  CHECK(hex_of(repository.commits_between(std::nullopt, tip, 100)) ==
        lines_of(repo.git({"rev-list", "main"})));
  CHECK(hex_of(repository.commits_between(id_of(repo, "side"), tip, 100)) ==
        lines_of(repo.git({"rev-list", "side..main"})));
  CHECK(hex_of(repository.commits_between(std::nullopt, tip, 2)) ==
        lines_of(repo.git({"rev-list", "-2", "main"})));
  CHECK(repository.commits_between(tip, tip, 100).empty());
}

TEST_CASE("a shallow clone ends where git says it ends") {
  TempRepo origin;
  make_history(origin);
  TempRepo here;
  here.git({"clone", "-q", "--depth=2", "file://" + origin.path(), "clone"});
  const auto repository = Repository::open(here.path("clone"));
  const auto tip = id_of(origin, "main");
  CHECK(hex_of(repository.commits_between(std::nullopt, tip, 100)) ==
        lines_of(here.git({"-C", "clone", "rev-list", "HEAD"})));
  CHECK(repository.commits_between(id_of(origin, "main~1"), tip, 100).size() == 1);
  CHECK(repository.commits_between(std::nullopt, tip, SIZE_MAX).size() ==
        repository.commits_between(std::nullopt, tip, 100).size());
  CHECK(repository.is_ancestor(id_of(origin, "main~1"), tip));
  CHECK(repository.merge_base(tip, id_of(origin, "main~1")) == id_of(origin, "main~1"));
}

TEST_CASE("HEAD's moves are read newest first, with those that the reflog does not have") {
  TempRepo repo;
  repo.write("a", "1\n");
  make_history(repo);
  const auto repository = Repository::open(repo.path());
  auto moves = gs::git::head_moves(repository, 100);
  REQUIRE(moves.size() > 3);
  CHECK(moves[0].to == id_of(repo, "main"));
  CHECK(moves[0].from == id_of(repo, "main~1"));
  CHECK(moves[0].message == "commit: m4");
  CHECK(gs::git::moves_index_along(moves[0].message));
  CHECK_FALSE(moves.back().from.has_value());
  CHECK(gs::git::head_moves(repository, 2).size() == 2);

  repo.git({"update-ref", "HEAD", "side"});
  moves = gs::git::head_moves(repository, 100);
  CHECK(moves[0].to == id_of(repo, "side"));
  CHECK(moves[0].from == id_of(repo, "main@{1}"));
  CHECK(moves[0].message.empty());

  repo.git({"worktree", "add", "-q", "--force", repo.path() + "/linked", "main"});
  repo.git({"-C", "linked", "commit", "-q", "--allow-empty", "-m", "from the other"});
  moves = gs::git::head_moves(repository, 100);
  CHECK(moves[0].to == id_of(repo, "main"));
  CHECK(moves[0].from == id_of(repo, "side"));
  CHECK(moves[0].message.empty());

  repo.git({"config", "core.logAllRefUpdates", "false"});
  std::filesystem::remove_all(repo.path() + "/.git/logs");
  CHECK(gs::git::head_moves(repository, 100).empty());
}

TEST_CASE("what git's porcelain writes into the reflog is told from what moves HEAD alone") {
  for (const char* message :
       {"commit: a", "commit (amend): a", "commit (merge): a", "commit (initial): a",
        "reset: moving to HEAD~1", "rebase (finish): returning to refs/heads/main",
        "pull: Fast-forward", "pull --rebase (start): checkout 1", "merge side: Fast-forward",
        "checkout: moving from a to b", "cherry-pick: a", "revert: a", "am: a", "clone: from x",
        "initial pull", "commit", "git-session undo: back"}) {
    CAPTURE(message);
    CHECK(gs::git::moves_index_along(message));
  }
  for (const char* message : {"", "push", "fetch origin main:main: fast-forward", "committed by me",
                              "export from tool", "pulled"}) {
    CAPTURE(message);
    CHECK_FALSE(gs::git::moves_index_along(message));
  }
}
