#include "close/look/trust.h"

#include <doctest/doctest.h>

#include "close/close_fixture.h"
#include "session/trust.h"

using namespace gs;
using namespace gs::close;
using gs::test::CloseOf;
using gs::test::contains;
using gs::test::TempRepo;

namespace {

config::Setting of_tree(const std::string& key, const std::string& value) {
  return {key, Json(value), {"toml", ".git-session.toml", 3}};
}
config::Setting of_user(const std::string& key, const std::string& value) {
  return {key, Json(value), {"local", "", 0}};
}
session::TrustItem command(const std::string& text) {
  return {session::TrustItem::Kind::Command, "", text};
}

// What the question shows; "" if none was asked.
std::string shown(const TempRepo& repo, const std::vector<config::Setting>& settings) {
  CloseOf close(repo, settings);
  const bool trusted = is_trusted(close.context);
  CHECK(trusted == close.observer.asked.empty());
  return close.observer.asked.empty() ? "" : close.observer.asked.front().detail;
}

}  // namespace

TEST_CASE("where the tree wants nothing run, nothing is asked") {
  CHECK(shown(TempRepo(), {}).empty());
  CHECK(shown(TempRepo(), {of_user("test-command", "make"), of_user("remote", "origin")}).empty());
  CHECK(shown(TempRepo(), {of_tree("test-command", "skip")}).empty());
}

TEST_CASE("a command of the tree is shown whole, with the line that sets it") {
  const std::string detail = shown(TempRepo(), {of_tree("test-command", "make\nrm -rf x")});
  CHECK(detail == "test-command of .git-session.toml:3:\n  make\n  rm -rf x\n");
}

TEST_CASE("the discovery command counts only where it would run") {
  CHECK_FALSE(contains(shown(TempRepo(), {of_tree("discovery-command", "find-it"),
                                          {"discovery-on-close", Json(false), {}}}),
                       "find-it"));
  CHECK(contains(shown(TempRepo(), {of_tree("discovery-command", "find-it"),
                                    {"discovery-on-close", Json(true), {}}}),
                 "find-it"));
}

TEST_CASE(
    "a remote of the tree's choice is shown with where it leads, and one that is not there "
    "is not") {
  const TempRepo repo;
  CHECK(shown(repo, {of_tree("mirror", "backup")}).empty());
  repo.git({"remote", "add", "backup", "https://example.org/x"});
  CHECK(contains(shown(repo, {of_tree("mirror", "backup")}), "backup -> https://example.org/x"));
}

TEST_CASE("a remote that was trusted and then leads elsewhere is asked about again") {
  const TempRepo repo;
  repo.git({"remote", "add", "backup", "https://example.org/x"});
  session::remember_trust(
      git::Repository::open(repo.path()),
      {{session::TrustItem::Kind::Destination, "", "backup -> https://example.org/x"}});
  CHECK(shown(repo, {of_tree("mirror", "backup")}).empty());
  repo.git({"remote", "set-url", "backup", "https://example.com/evil"});
  CHECK(contains(shown(repo, {of_tree("mirror", "backup")}), "evil"));
}

TEST_CASE("a vault outside of the tree is a destination, one inside is not") {
  CHECK(shown(TempRepo(), {of_tree("vault-integration.vault-dir", "docs/vault")}).empty());
  CHECK(contains(shown(TempRepo(), {of_tree("vault-integration.vault-dir", "docs/../../vault")}),
                 "/vault\n"));
  CHECK(contains(shown(TempRepo(), {of_tree("vault-sync.vault-dir", "/srv/vault")}),
                 "  /srv/vault\n"));
}

TEST_CASE("the shown answer trusts what was shown, and it stays trusted") {
  const TempRepo repo;
  const std::vector<config::Setting> settings = {of_tree("test-command", "make")};
  CloseOf first(repo, settings);
  first.observer.answer = session::trust_answer(
      {{session::TrustItem::Kind::Command, "test-command of .git-session.toml:3", "make"}});
  CHECK(is_trusted(first.context));
  CHECK(is_trusted(first.context));
  CHECK(first.observer.asked.size() == 1);
  CHECK(shown(repo, settings).empty());
  // The next command is shown alone.
  const std::string more =
      shown(repo, {of_tree("test-command", "make"), of_tree("lint-command", "lint")});
  CHECK(contains(more, "lint"));
  CHECK_FALSE(contains(more, "make"));
}

TEST_CASE("what a dry run was told to trust, it has run: the close need not ask again") {
  const TempRepo repo;
  CloseOf close(repo, {of_tree("test-command", "make")});
  close.options.dry_run = true;
  close.observer.answer = session::trust_answer(
      {{session::TrustItem::Kind::Command, "test-command of .git-session.toml:3", "make"}});
  CHECK(is_trusted(close.context));
  CHECK(session::Trust(close.context.repository()).knows(command("make")));
}

TEST_CASE("--yes does not trust") {
  const TempRepo repo;
  CloseOf close(repo, {of_tree("test-command", "make")});
  close.options.yes = true;
  CHECK_FALSE(is_trusted(close.context));
  CHECK_FALSE(session::Trust(close.context.repository()).knows(command("make")));
}

TEST_CASE("no answer and 'abort' run nothing, and say how to answer") {
  const TempRepo repo;
  CloseOf open(repo, {of_tree("test-command", "make")});
  CHECK_FALSE(is_trusted(open.context));
  PhaseResult result = without_trust(open.context);
  CHECK(result.outcome == Outcome::Block);
  CHECK(result.open_decision);
  CHECK(contains(result.hint, "--decide trust="));
  CHECK(contains(result.detail, "make"));

  CloseOf refused(repo, {of_tree("test-command", "make")});
  refused.observer.answer = "abort";
  CHECK_FALSE(is_trusted(refused.context));
  CHECK_FALSE(without_trust(refused.context).open_decision);
  CHECK_FALSE(session::Trust(refused.context.repository()).knows(command("make")));
}

TEST_CASE("a command that does not show as what it is, is not even asked about") {
  for (const std::string& hidden :
       {std::string("make\x1b[2K"), std::string("make \u202e x"), std::string("make\rtrue"),
        std::string("make\u200b"), std::string("make\x7f")}) {
    CAPTURE(hidden);
    const TempRepo repo;
    CloseOf close(repo, {of_tree("lint-command", "lint"), of_tree("test-command", hidden)});
    close.observer.answer = "abort";
    CHECK_FALSE(is_trusted(close.context));
    CHECK(close.observer.asked.empty());
    const PhaseResult result = without_trust(close.context);
    CHECK(contains(result.summary, "has a character that does not show"));
    CHECK_FALSE(result.open_decision);
    for (const char c : result.summary) CHECK(bool(c >= ' ' && c != '\x7f'));
  }
}

TEST_CASE("the plan's commands are asked about like the tree's") {
  const TempRepo repo;
  CloseOf close(repo);
  close.context.session->plan = session::parse_plan(
      "title = \"t\"\n[[item]]\ntitle = \"i\"\nverify = \"planted\"\n", "the plan");
  CHECK_FALSE(is_trusted(close.context));
  REQUIRE(close.observer.asked.size() == 1);
  CHECK(close.observer.asked.front().detail == "verify of 'i' in the plan:\n  planted\n");
}
