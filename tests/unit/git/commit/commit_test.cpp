#include "git/commit/commit.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <memory>

#include "base/error.h"
#include "base/file/file.h"
#include "git/commit/message.h"
#include "support/scoped_environment.h"
#include "support/temp_repo.h"

using gs::RepoPath;
using gs::git::CommitObject;
using gs::git::CommitRequest;
using gs::git::Committer;
using gs::git::FileMode;
using gs::git::ObjectId;
using gs::git::Repository;
using gs::test::ScopedEnvironment;
using gs::test::TempRepo;

namespace {

constexpr const char* kDate = "2026-05-06T07:08:09+0200";

// Two files and a commit; what is committed next is "a" as "2".
struct ActiveWorktree {
  TempRepo repo;
  ScopedEnvironment author{"GIT_AUTHOR_DATE", kDate};
  ScopedEnvironment committer{"GIT_COMMITTER_DATE", kDate};
  ActiveWorktree() {
    repo.write("a", "1\n");
    repo.write("b", "1\n");
    repo.commit_all("first");
  }
  [[nodiscard]] Repository open() const { return Repository::open(repo.path()); }
  [[nodiscard]] std::string scratch() const { return repo.path(".git/git-session/close"); }
  void hook(const std::string& name, const std::string& body) const {
    repo.write(".git/hooks/" + name, "#!/bin/sh\n" + body + "\n");
    REQUIRE(chmod(repo.path(".git/hooks/" + name).c_str(), 0755) == 0);
  }
};

CommitRequest request_for(const Repository& repository, const std::string& message) {
  CommitRequest request;
  request.parent = repository.head().commit;
  const ObjectId before =
      request.parent ? repository.commit(*request.parent).tree : Repository::empty_tree();
  request.tree = repository.edit_tree(
      before, {{RepoPath("a"), {FileMode::Regular, repository.write_blob("2\n")}}});
  request.message = message;
  request.time = *gs::parse_iso8601("2026-05-06T07:08:09.5Z");
  return request;
}

// What `git commit` makes of the same, in the same repository; its id, and HEAD is as before.
std::string made_by_git(const TempRepo& repo, const std::string& message) {
  const bool unborn = !repo.try_git({"rev-parse", "--verify", "-q", "HEAD"}).ok();
  const std::string head = unborn ? "" : repo.git({"rev-parse", "HEAD"});
  repo.write("a", "2\n");
  repo.git({"add", "a"});
  repo.write(".git/message", message);
  if (!repo.try_git({"commit", "-q", "-F", repo.path(".git/message")}).ok()) return "refused";
  std::string made = repo.git({"rev-parse", "HEAD"});
  repo.git(unborn ? std::vector<std::string>{"update-ref", "-d", "HEAD"}
                  : std::vector<std::string>{"reset", "-q", "--hard", head});
  return made;
}

std::string made_by_us(const ActiveWorktree& scene, const std::string& message) {
  const Repository repository = scene.open();
  const CommitObject commit =
      Committer(repository, scene.scratch()).make(request_for(repository, message));
  return commit.oid ? commit.oid->hex() : "refused";
}

}  // namespace

TEST_CASE("a commit is git's own, byte for byte") {
  const std::vector<std::string> messages{
      "feat: x\n",
      "feat: x\n\nCloses #1\n",
      "\n\n  feat: x  \n\n\n\nbody\t \n\n\n",
      "feat: x\n# not a comment\n\nbody",
      "feat: \xc3\xa4\n",
      "# only this\n",
      " \n\n",
      "feat: x\n\n# ------------------------ >8 ------------------------\nbelow\n",
  };
  for (const char* cleanup : {"default", "verbatim", "whitespace", "strip", "scissors"}) {
    for (const std::string& message : messages) {
      const ActiveWorktree scene;
      scene.repo.git({"config", "commit.cleanup", cleanup});
      CAPTURE(cleanup);
      CAPTURE(message);
      const std::string theirs = made_by_git(scene.repo, message);
      CHECK(made_by_us(scene, message) == theirs);
    }
  }
}

TEST_CASE("identity, template, root commit and hooks are git's") {
  const ActiveWorktree scene;
  SUBCASE("an author of his own") {
    scene.repo.git({"config", "author.name", " J\xc3\xbcrgen, <x> "});
    scene.repo.git({"config", "committer.email", "c@example.org"});
  }
  SUBCASE("the environment") {
    const ScopedEnvironment name("GIT_COMMITTER_NAME", "Somebody Else");
    const std::string theirs = made_by_git(scene.repo, "feat: x\n");
    CHECK(made_by_us(scene, "feat: x\n") == theirs);
  }
  SUBCASE("a template and verbose do not count") {
    scene.repo.write(".git/template", "template\n");
    scene.repo.git({"config", "commit.template", scene.repo.path(".git/template")});
    scene.repo.git({"config", "commit.verbose", "true"});
  }
  SUBCASE("a root commit") {
    scene.repo.git({"update-ref", "-d", "HEAD"});
  }
  SUBCASE("hooks that change the message") {
    scene.hook("prepare-commit-msg", "echo \"prepared $2 $GIT_EDITOR\" >>\"$1\"");
    scene.hook("commit-msg", "echo 'Reviewed-by: me' >>\"$1\"");
  }
  SUBCASE("a hook that changes the tree") {
    scene.hook("pre-commit", "echo made >made; git add made");
  }
  SUBCASE("hooks that read the author") {
    scene.hook("commit-msg", "echo \"by: $GIT_AUTHOR_DATE\" | tr -d @ >>\"$1\"");
  }
  if (scene.repo.try_git({"rev-parse", "--verify", "-q", "HEAD"}).ok() == false)
    scene.repo.git({"rm", "-q", "--cached", "b"});
  const std::string theirs = made_by_git(scene.repo, "feat: x\n");
  CHECK(theirs != "refused");
  CHECK(made_by_us(scene, "feat: x\n") == theirs);
}

TEST_CASE("the author's and the committer's date are the request's, in the user's time zone") {
  const ActiveWorktree scene;
  const ScopedEnvironment author("GIT_AUTHOR_DATE", std::nullopt);
  const ScopedEnvironment committer("GIT_COMMITTER_DATE", std::nullopt);
  const std::string oid = made_by_us(scene, "feat: x\n");
  CHECK(scene.repo.git({"log", "-1", "--format=%aI %cI", oid}) ==
        "2026-05-06T07:08:09+00:00 2026-05-06T07:08:09+00:00");
}

TEST_CASE(
    "a message is written in the encoding that is set, or in UTF-8 where that has no such "
    "character") {
  const ActiveWorktree scene;
  scene.repo.git({"config", "i18n.commitEncoding", "ISO-8859-1"});
  const std::string oid = made_by_us(scene, "feat: \xc3\xa4\n");
  const std::string raw = scene.repo.git({"cat-file", "commit", oid});
  CHECK(raw.find("encoding ISO-8859-1\n") != std::string::npos);
  CHECK(raw.find("feat: \xe4") != std::string::npos);
  CHECK(scene.repo.git({"log", "-1", "--encoding=UTF-8", "--format=%s", oid}) == "feat: \xc3\xa4");
  const std::string other =
      scene.repo.git({"cat-file", "commit", made_by_us(scene, "\xe2\x82\xac\n")});
  CHECK(other.find("encoding") == std::string::npos);
  CHECK(other.find("\xe2\x82\xac") != std::string::npos);
}

TEST_CASE("hooks run on the commit's index, with the user's environment, and may refuse") {
  const ActiveWorktree scene;
  scene.repo.write("b", "somebody's\n");
  scene.repo.git({"add", "b"});
  const Repository repository = scene.open();
  Committer committer(repository, scene.scratch());
  SUBCASE("they see what is committed, and no lock is held") {
    scene.hook("pre-commit",
               "echo \"${GIT_OPTIONAL_LOCKS-unset} $LC_ALL $(git diff --cached --name-only)\"; "
               "test ! -e .git/index.lock");
    const CommitObject commit = committer.make(request_for(repository, "feat: x\n"));
    CHECK(commit.oid.has_value());
    CHECK(commit.words == "unset C.UTF-8 a\n");
  }
  SUBCASE("in their words") {
    for (const char* name : {"pre-commit", "prepare-commit-msg", "commit-msg"}) {
      const ActiveWorktree other;
      other.hook(name, "echo 'no tabs, please' >&2; exit 1");
      const Repository opened = other.open();
      const CommitObject commit =
          Committer(opened, other.scratch()).make(request_for(opened, "feat: x\n"));
      CHECK_FALSE(commit.oid.has_value());
      CHECK(commit.words == "no tabs, please\n");
    }
  }
  SUBCASE("a split index is read as git reads it") {
    scene.repo.git({"update-index", "--split-index"});
    scene.hook("pre-commit", "git diff --cached --name-only");
    const Repository split = scene.open();
    const CommitObject commit =
        Committer(split, scene.scratch()).make(request_for(split, "feat: x\n"));
    CHECK(commit.words == "a\n");
  }
}

TEST_CASE("without an identity there is no commit, in git's words") {
  const ActiveWorktree scene;
  scene.repo.git({"config", "user.useConfigOnly", "true"});
  scene.repo.git({"config", "user.name", ""});
  const Repository repository = scene.open();
  Committer committer(repository, scene.scratch());
  CHECK_THROWS_AS((void)committer.make(request_for(repository, "feat: x\n")), gs::Error);
}

TEST_CASE("the editor gets the message, and what it leaves is committed") {
  const ActiveWorktree scene;
  scene.repo.write(".git/editor", "#!/bin/sh\nsed -i 's/^feat: x/feat: y/' \"$1\"\n");
  REQUIRE(chmod(scene.repo.path(".git/editor").c_str(), 0755) == 0);
  const ScopedEnvironment editor("GIT_EDITOR", scene.repo.path(".git/editor"));
  const Repository repository = scene.open();
  CommitRequest request = request_for(repository, "feat: x\n\nCloses #1\n");
  request.edit = true;
  Committer committer(repository, scene.scratch());
  const CommitObject commit = committer.make(request);
  REQUIRE(commit.oid.has_value());
  CHECK(commit.subject == "feat: y");
  CHECK(repository.commit(*commit.oid).message == "feat: y\n\nCloses #1\n");

  const ScopedEnvironment failing("GIT_EDITOR", "false");
  CHECK_FALSE(committer.make(request).oid.has_value());
  const ScopedEnvironment emptied("GIT_EDITOR", "truncate -s 0");
  CHECK(committer.make(request).words == "the commit message is empty");
}

TEST_CASE("a commit in another's place keeps its message, author and encoding; it is git's own") {
  ActiveWorktree fixture;
  fixture.hook("commit-msg", "echo never >&2; exit 1");
  fixture.hook("post-rewrite", "cat >rewritten; echo $1 >>rewritten");
  fixture.repo.write("a", "2\n");
  fixture.repo.git({"add", "a"});
  fixture.repo.git({"-c", "i18n.commitEncoding=ISO-8859-1", "-c", "user.name=Somebody Else",
                    "commit", "-q", "--no-verify", "-m", "caf\xe9", "-m", "Closes #3"});
  const Repository repository = fixture.open();
  const ObjectId old = *repository.head().commit;
  CommitRequest request = request_for(repository, "not this one");
  request.parent = repository.commit(old).parents.front();
  request.tree =
      repository.edit_tree(repository.commit(old).tree,
                           {{RepoPath("r"), {FileMode::Regular, repository.write_blob("r\n")}}});
  request.amends = old;
  Committer committer(repository, fixture.scratch());
  const CommitObject commit = committer.make(request);
  REQUIRE_MESSAGE(commit.oid, commit.words);
  committer.run_post_rewrite(old, *commit.oid);
  CHECK(fixture.repo.read("rewritten") == old.hex() + " " + commit.oid->hex() + "\namend\n");

  fixture.repo.write("r", "r\n");
  fixture.repo.git({"add", "r"});
  fixture.repo.git({"-c", "i18n.commitEncoding=ISO-8859-1", "commit", "-q", "--no-verify",
                    "--amend", "--no-edit"});
  CHECK(fixture.repo.git({"rev-parse", "HEAD"}) == commit.oid->hex());
}

TEST_CASE("HEAD moves only from where it is expected") {
  const ActiveWorktree scene;
  const Repository repository = scene.open();
  const ObjectId made = *ObjectId::parse(made_by_us(scene, "feat: x\n"));
  const auto from = repository.head().commit;
  SUBCASE("its branch, with the reflog entries of a commit") {
    CHECK(gs::git::update_head(repository, {"main", from, made, "commit: feat: x"}));
    CHECK(scene.repo.git({"rev-parse", "main"}) == made.hex());
    CHECK(scene.repo.git({"reflog", "-1", "--format=%gs", "main"}) == "commit: feat: x");
    CHECK(scene.repo.git({"reflog", "-1", "--format=%gs", "HEAD"}) == "commit: feat: x");
    CHECK_FALSE(gs::git::update_head(repository, {"main", from, made, "commit: feat: x"}));
  }
  SUBCASE("not another branch that is checked out by now") {
    scene.repo.git({"switch", "-q", "-c", "other"});
    CHECK_FALSE(gs::git::update_head(repository, {"main", from, made, "commit: feat: x"}));
    CHECK(scene.repo.git({"rev-parse", "main"}) == from->hex());
    CHECK(scene.repo.git({"rev-parse", "other"}) == from->hex());
  }
  SUBCASE("detached") {
    scene.repo.git({"checkout", "-q", "--detach"});
    CHECK(gs::git::update_head(repository, {std::nullopt, from, made, "commit: feat: x"}));
    CHECK(scene.repo.git({"rev-parse", "HEAD"}) == made.hex());
    CHECK(scene.repo.git({"rev-parse", "main"}) == from->hex());
  }
  SUBCASE("unborn") {
    scene.repo.git({"switch", "-q", "--orphan", "new"});
    CHECK_FALSE(gs::git::update_head(repository, {"new", from, made, "commit: feat: x"}));
    CHECK(gs::git::update_head(repository, {"new", std::nullopt, made, "commit (initial): x"}));
    CHECK(scene.repo.git({"rev-parse", "new"}) == made.hex());
  }
  SUBCASE("back, but not over what was committed on top") {
    scene.repo.git({"commit", "-q", "--allow-empty", "-m", "second"});
    const auto second = repository.head().commit;
    CHECK(gs::git::update_head(repository, {"main", second, from, "undo"}));
    CHECK(repository.head().commit == from);
    scene.repo.git({"reset", "-q", "--hard", second->hex()});
    scene.repo.git({"commit", "-q", "--allow-empty", "-m", "third"});
    CHECK_FALSE(gs::git::update_head(repository, {"main", second, from, "undo"}));
    CHECK(scene.repo.git({"log", "-1", "--format=%s"}) == "third");
    // Moved between the look and the lock: that HEAD has it all is no sign of having gone back.
    scene.hook("reference-transaction", "test \"$1\" != prepared");
    const auto third = repository.head().commit;
    CHECK_THROWS_AS((void)gs::git::update_head(repository, {"main", third, from, "undo"}),
                    gs::Error);
  }
  SUBCASE("back to no commit at all") {
    CHECK(gs::git::update_head(repository, {"main", from, std::nullopt, "undo"}));
    CHECK_FALSE(repository.head().commit.has_value());
    CHECK(repository.head().branch == "main");
    CHECK(gs::git::update_head(repository, {"main", std::nullopt, *from, "again"}));
  }
  SUBCASE("a reference-transaction hook may refuse") {
    scene.hook("reference-transaction", "exit 1");
    CHECK_THROWS_AS((void)gs::git::update_head(repository, {"main", from, made, "commit: feat: x"}),
                    gs::Error);
  }
}
