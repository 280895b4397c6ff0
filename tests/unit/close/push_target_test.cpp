#include "close/push_target.h"

#include <doctest/doctest.h>

#include "close/close_fixture.h"

using namespace gs;
using namespace gs::close;
using gs::test::CloseOf;
using gs::test::contains;
using gs::test::TempRepo;

namespace {

config::Setting mirror_to(const std::string& remote) {
  return {"mirror", Json(remote), {}};
}

struct Fixture {
  TempRepo repo;
  std::string head;

  Fixture() {
    repo.write("a", "a");
    head = repo.commit_all("base");
    repo.git({"remote", "add", "origin", "/nowhere"});
    repo.git({"remote", "add", "backup", "/elsewhere"});
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "without an upstream the branch of the same name is pushed to") {
  const CloseOf close(repo);
  const PushTarget target = push_target(close.context);
  CHECK(target.why_not.empty());
  CHECK(target.remote == "origin");
  CHECK(target.source == "refs/heads/main");
  CHECK(target.branch == "main");
}

TEST_CASE_FIXTURE(Fixture, "an upstream counts only on the remote that is pushed to") {
  repo.git({"config", "branch.main.remote", "origin"});
  repo.git({"config", "branch.main.merge", "refs/heads/team/topic"});
  CHECK(push_target(CloseOf(repo).context).branch == "team/topic");
  repo.git({"config", "branch.main.remote", "backup"});
  CHECK(push_target(CloseOf(repo).context).branch == "main");
  // Such an upstream is no branch: a push to it would make one of that name.
  repo.git({"config", "branch.main.remote", "origin"});
  repo.git({"config", "branch.main.merge", "refs/for/main"});
  CHECK(push_target(CloseOf(repo).context).branch == "main");
}

TEST_CASE_FIXTURE(Fixture, "a branch whose name has dots and capitals has its own upstream") {
  repo.git({"checkout", "-q", "-b", "Fix/v1.2"});
  repo.git({"config", "branch.Fix/v1.2.remote", "origin"});
  repo.git({"config", "branch.Fix/v1.2.merge", "refs/heads/fixes"});
  CloseOf close(repo);
  close.context.branch = "Fix/v1.2";
  CHECK(push_target(close.context).branch == "fixes");
  close.context.branch = "main";
  CHECK(push_target(close.context).branch == "main");
}

TEST_CASE_FIXTURE(Fixture, "the close's branch is pushed, not the one checked out meanwhile") {
  repo.git({"checkout", "-q", "-b", "other"});
  CHECK(push_target(CloseOf(repo).context).source == "refs/heads/main");
}

TEST_CASE_FIXTURE(Fixture, "of a branch that is gone the close's last commit is pushed") {
  repo.git({"branch", "-m", "renamed"});
  CloseOf close(repo);
  CHECK(push_target(close.context).why_not == "branch 'main' is gone");
  close.options.dry_run = true;
  CHECK(push_target(close.context).why_not.empty());
  close.options.dry_run = false;
  const std::string first(40, '1');
  close.context.commits.push_back({*git::ObjectId::parse(first), "first", 1});
  close.context.commits.push_back({*git::ObjectId::parse(head), "last", 1});
  const PushTarget target = push_target(close.context);
  CHECK(target.why_not.empty());
  CHECK(target.source == head);
  CHECK(target.branch == "main");
}

TEST_CASE_FIXTURE(Fixture, "a tag of the branch's name is not what is pushed") {
  repo.git({"tag", "main"});
  CHECK(push_target(CloseOf(repo).context).source == "refs/heads/main");
}

TEST_CASE_FIXTURE(Fixture, "there is a reason where nothing is pushed") {
  CloseOf close(repo);
  close.context.write_plan.emplace().has_commits = false;
  CHECK(push_target(close.context).why_not == "the session has no commits");
  close.context.branch = "";
  CHECK(push_target(close.context).why_not == "HEAD is detached");
  close.options.push = false;
  CHECK(push_target(close.context).why_not == "--no-push");
  const CloseOf elsewhere(repo, {{"remote", Json("upstream"), {}}});
  CHECK(push_target(elsewhere.context).why_not == "there is no remote 'upstream'");
}

TEST_CASE_FIXTURE(Fixture, "the mirror gets what was pushed, under its own name") {
  CHECK(mirror_target(CloseOf(repo).context).why_not == "not configured");
  CloseOf close(repo, {mirror_to("backup")});
  CHECK(mirror_target(close.context).why_not == "nothing was pushed");
  repo.git({"config", "branch.main.remote", "backup"});
  repo.git({"config", "branch.main.merge", "refs/heads/renamed"});
  close.context.pushed = "origin/main";
  const PushTarget target = mirror_target(close.context);
  CHECK(target.why_not.empty());
  CHECK(target.remote == "backup");
  CHECK(target.source == "refs/heads/main");
  CHECK(target.branch == "main");
  close.options.mirror = false;
  CHECK(mirror_target(close.context).why_not == "--no-mirror");
  const CloseOf missing(repo, {mirror_to("nowhere")});
  CHECK(mirror_target(missing.context).why_not == "there is no remote 'nowhere'");
}

TEST_CASE_FIXTURE(Fixture, "a push makes the branch on the remote, and a refused one says so") {
  const TemporaryDirectory parent;
  const std::string bare = join_path(parent.path(), "bare.git");
  repo.git({"init", "-q", "--bare", bare});
  repo.git({"remote", "set-url", "origin", bare});
  CloseOf close(repo);
  PushTarget target = push_target(close.context);
  target.branch = "deep/topic";
  CHECK(run_push(close.context, target).exit_status == 0);
  CHECK(repo.git({"ls-remote", "origin", "refs/heads/deep/topic"}) ==
        head + "\trefs/heads/deep/topic");
  repo.git({"commit", "-q", "--amend", "-m", "another base"});
  CHECK(run_push(close.context, target).exit_status != 0);
  CHECK(contains(repo.git({"ls-remote", "origin"}), head));
}
