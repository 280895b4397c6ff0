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

struct PushFixture {
  TempRepo repo;
  std::string head;

  PushFixture() {
    repo.write("a", "a");
    head = repo.commit_all("base");
    repo.git({"remote", "add", "origin", "/nowhere"});
    repo.git({"remote", "add", "backup", "/elsewhere"});
  }
};

}  // namespace

TEST_CASE_FIXTURE(PushFixture, "git's target is recommended, else a branch of the same name") {
  const CloseOf close(repo);
  const PushTarget target = push_target(close.context);
  CHECK(target.why_not.empty());
  CHECK(target.remote == "origin");
  CHECK(target.source == "refs/heads/main");
  CHECK(target.ref == "refs/heads/main");
  CHECK(target.set_upstream);  // it has none
  CHECK(push_by_git(close.context).refusal == "it has no upstream branch");
  repo.git({"config", "branch.main.remote", "backup"});
  repo.git({"config", "branch.main.merge", "refs/heads/topic"});
  CHECK(describe(push_target(CloseOf(repo).context)) == "backup/main");
  CHECK_FALSE(push_target(CloseOf(repo).context).set_upstream);
  repo.git({"config", "push.default", "upstream"});
  CHECK(describe(push_target(CloseOf(repo).context)) == "backup/topic");
}

TEST_CASE_FIXTURE(PushFixture, "a key that is set names the remote") {
  repo.git({"config", "remote.pushDefault", "backup"});
  CHECK(push_target(CloseOf(repo).context).remote == "backup");
  CHECK(push_target(CloseOf(repo, {{"remote", Json("origin"), {}}}).context).remote == "origin");
}

TEST_CASE_FIXTURE(PushFixture, "a branch whose name has dots and capitals has its own upstream") {
  repo.git({"checkout", "-q", "-b", "Fix/v1.2"});
  repo.git({"config", "push.default", "upstream"});
  repo.git({"config", "branch.Fix/v1.2.remote", "origin"});
  repo.git({"config", "branch.Fix/v1.2.merge", "refs/heads/fixes"});
  CloseOf close(repo);
  close.context.branch = "Fix/v1.2";
  CHECK(push_target(close.context).ref == "refs/heads/fixes");
  close.context.branch = "main";
  CHECK(push_target(close.context).ref == "refs/heads/main");
}

TEST_CASE_FIXTURE(PushFixture, "an answer is one of the names, or a remote and a branch of it") {
  repo.git({"remote", "add", "origin/two", "/third"});
  const CloseOf close(repo);
  const git::PushDestination by_git = push_by_git(close.context);
  const auto answered = [&](const std::string& answer) {
    const auto plan = answered_push(close.context, by_git, answer);
    return !plan ? "none" : plan->why_not.empty() ? describe(*plan) : plan->why_not;
  };
  CHECK(answered("same-name") == "origin/main");
  CHECK(answered("no-push") == "decision push-target");
  CHECK(answered("backup/team/x") == "backup/team/x");
  CHECK(answered_push(close.context, by_git, "origin/two/x")->remote == "origin/two");
  for (const char* wrong : {"nowhere/x", "origin", "origin/", "origin/a..b", "same", ""})
    CHECK(answered(wrong) == "none");
}

TEST_CASE_FIXTURE(PushFixture, "an answer given with --decide goes before the plan, and must fit") {
  CloseOf close(repo);
  const git::PushDestination by_git = push_by_git(close.context);
  CHECK_FALSE(given_push(close.context, by_git));
  close.options.decide["push-target"] = "backup/x";
  CHECK(describe(*given_push(close.context, by_git)) == "backup/x");
  CHECK(push_remote(close.context) == "backup");
  close.options.decide["push-target"] = "nowhere/x";
  CHECK(contains(gs::test::error_of([&] { (void)given_push(close.context, by_git); }),
                 "where REMOTE is one of: origin, backup"));
}

TEST_CASE_FIXTURE(PushFixture,
                  "the planned target holds, whatever the configuration says by then") {
  CloseOf close(repo);
  close.context.write_plan.emplace().push = PushPlan{"backup", "refs/heads/x", false, ""};
  repo.git({"config", "remote.pushDefault", "origin"});
  CHECK(describe(push_target(close.context)) == "backup/x");
  CHECK(push_remote(close.context) == "backup");
  close.context.write_plan->push->why_not = "decision push-target";
  CHECK(push_target(close.context).why_not == "decision push-target");
}

TEST_CASE_FIXTURE(PushFixture, "a URL that git's configuration names is pushed to") {
  repo.git({"config", "branch.main.pushRemote", "https://example.org/x.git"});
  const CloseOf close(repo);
  CHECK(describe(push_target(close.context)) == "branch main of https://example.org/x.git");
}

TEST_CASE_FIXTURE(PushFixture, "the close's branch is pushed, not the one checked out meanwhile") {
  repo.git({"checkout", "-q", "-b", "other"});
  CHECK(push_target(CloseOf(repo).context).source == "refs/heads/main");
}

TEST_CASE_FIXTURE(PushFixture, "of a branch that is gone the close's last commit is pushed") {
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
  CHECK(target.ref == "refs/heads/main");
}

TEST_CASE_FIXTURE(PushFixture, "a tag of the branch's name is not what is pushed") {
  repo.git({"tag", "main"});
  CHECK(push_target(CloseOf(repo).context).source == "refs/heads/main");
}

TEST_CASE_FIXTURE(PushFixture, "there is a reason where nothing is pushed") {
  CloseOf close(repo);
  close.context.write_plan.emplace().has_commits = false;
  CHECK(push_target(close.context).why_not == "the session has no commits");
  close.context.write_plan.reset();
  close.context.branch = "";
  CHECK(push_target(close.context).why_not == "HEAD is detached");
  close.options.push = false;
  CHECK(push_target(close.context).why_not == "--no-push");
  const CloseOf elsewhere(repo, {{"remote", Json("upstream"), {}}});
  CHECK(push_target(elsewhere.context).why_not == "there is no remote 'upstream'");
}

TEST_CASE_FIXTURE(PushFixture, "the mirror gets what was pushed, under its own name") {
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
  CHECK(target.ref == "refs/heads/main");
  close.options.mirror = false;
  CHECK(mirror_target(close.context).why_not == "--no-mirror");
  const CloseOf missing(repo, {mirror_to("nowhere")});
  CHECK(mirror_target(missing.context).why_not == "there is no remote 'nowhere'");
}

TEST_CASE_FIXTURE(PushFixture, "a push makes the branch on the remote, and a refused one says so") {
  const TemporaryDirectory parent;
  const std::string bare = join_path(parent.path(), "bare.git");
  repo.git({"init", "-q", "--bare", bare});
  repo.git({"remote", "set-url", "origin", bare});
  CloseOf close(repo);
  PushTarget target = push_target(close.context);
  target.ref = "refs/heads/deep/topic";
  CHECK(count_lacking(close.context, target) == 1);
  const ProcessResult first = run_push(close.context, target);
  CHECK(first.ok());
  CHECK(repo.git({"ls-remote", "origin", "refs/heads/deep/topic"}) ==
        head + "\trefs/heads/deep/topic");
  CHECK(repo.git({"rev-parse", "--symbolic-full-name", "main@{upstream}"}) ==
        "refs/remotes/origin/deep/topic");
  CHECK(count_pushed(close.context, target, first, 7) == 7);  // new: git does not tell

  repo.git({"commit", "-q", "--allow-empty", "-m", "one"});
  repo.git({"commit", "-q", "--allow-empty", "-m", "two"});
  CHECK(count_pushed(close.context, target, run_push(close.context, target), 7) == 2);
  CHECK(count_pushed(close.context, target, run_push(close.context, target), 7) == 0);

  repo.git({"commit", "-q", "--amend", "--allow-empty", "-m", "another two"});
  const ProcessResult refused = run_push(close.context, target);
  CHECK_FALSE(refused.ok());
  CHECK(contains(push_failure(refused), "[rejected]"));
}

TEST_CASE_FIXTURE(PushFixture, "to a remote that is a push mirror only the branch goes") {
  const TemporaryDirectory parent;
  const std::string bare = join_path(parent.path(), "bare.git");
  repo.git({"init", "-q", "--bare", bare});
  repo.git({"remote", "set-url", "origin", bare});
  repo.git({"config", "remote.origin.mirror", "true"});
  repo.git({"branch", "other"});
  CloseOf close(repo);
  CHECK(run_push(close.context, push_target(close.context)).ok());
  CHECK(repo.git({"ls-remote", "--heads", "origin"}) == head + "\trefs/heads/main");
}
