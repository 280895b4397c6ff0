#include "close/look/configured_check.h"

#include <doctest/doctest.h>

#include "close/close_fixture.h"

using namespace gs;
using namespace gs::close;
using gs::test::CloseOf;
using gs::test::contains;
using gs::test::ScopedEnvironment;
using gs::test::TempRepo;

namespace {

std::vector<config::Setting> drift(const std::string& mode) {
  return {{"drift-check.enabled", Json(true), {}}, {"drift-check.mode", Json(mode), {}}};
}

struct Checked {
  PhaseResult result;
  std::size_t asked = 0;
  bool went_on = false;
  Stop stop = Stop::No;
};

// A check that finds something that blocks, with `answer` to its question.
Checked check(const std::vector<config::Setting>& settings,
              const std::optional<std::string>& answer) {
  const TempRepo repo;
  CloseOf close(repo, settings);
  close.observer.answer = answer;
  Checked checked;
  checked.result = run_check(close.context, "drift-check", [&](Context&) {
    CheckAnswer found{warn("1 finding")};
    found.question = session::Decision{
        "drift", "Continue?", {{"fix", ""}, {"continue", ""}, {"abort", ""}}, "fix", "a:1: x", ""};
    found.go_on = [&checked] { checked.went_on = true; };
    return found;
  });
  checked.asked = close.observer.asked.size();
  checked.stop = close.context.stop;
  return checked;
}

}  // namespace

TEST_CASE("a place in the tree is relative to its top, however it is written") {
  const TempRepo repo;
  const CloseOf close(repo);
  const std::string top = close.context.repository().work_tree();
  for (const std::string& name :
       {std::string("vault"), std::string("vault/"), std::string("./vault//"),
        std::string("x/../vault"), top + "/vault", top + "/x/../vault/"}) {
    CAPTURE(name);
    const Place place = place_of(close.context, name);
    CHECK(place.directory == top + "/vault");
    CHECK(place.shown_as == "vault/");
  }
  for (const std::string& name : {std::string("."), top, top + "/"}) {
    CAPTURE(name);
    CHECK(place_of(close.context, name).directory == top);
    CHECK(place_of(close.context, name).shown_as.empty());
  }
}

TEST_CASE("a place outside is absolute, and none that merely begins like the tree is inside") {
  const TempRepo repo;
  const CloseOf close(repo);
  const std::string top = close.context.repository().work_tree();
  CHECK(place_of(close.context, "/").directory == "/");
  CHECK(place_of(close.context, "../beside").directory == parent_directory(top) + "/beside");
  CHECK(place_of(close.context, top + "-beside").shown_as == top + "-beside/");
  CHECK(place_of(close.context, "/a/./b/../c//").directory == "/a/c");
  const ScopedEnvironment home("HOME", "/home/somebody");
  CHECK(place_of(close.context, "~").directory == "/home/somebody");
  CHECK(place_of(close.context, "~/notes/").directory == "/home/somebody/notes");
  CHECK(place_of(close.context, "~other/notes").directory == top + "/~other/notes");
}

TEST_CASE("a file of a place in the tree is the tree's, of one outside the vault's") {
  const TempRepo repo;
  const CloseOf close(repo);
  CHECK(place_in(place_of(close.context, "vault"), "a/b.md") == RepoPath("vault/a/b.md"));
  CHECK(place_in(place_of(close.context, "."), "b.md") == RepoPath("b.md"));
  const FilePlace outside = place_in(place_of(close.context, "/srv/vault"), "a/b.md");
  CHECK_FALSE(outside.inside());
  CHECK(outside.root() == "/srv/vault");
  CHECK(outside.bytes() == "/srv/vault/a/b.md");
}

TEST_CASE("the vault is the configured one, else the environment's, else none") {
  const TempRepo repo;
  const ScopedEnvironment unset("VAULT_DIR", std::nullopt);
  CHECK_FALSE(integration_vault(CloseOf(repo).context).has_value());
  const ScopedEnvironment empty("VAULT_DIR", "");
  CHECK_FALSE(integration_vault(CloseOf(repo).context).has_value());
  const ScopedEnvironment set("VAULT_DIR", "/srv/vault/");
  CHECK(integration_vault(CloseOf(repo).context)->directory == "/srv/vault");
  const CloseOf configured(repo, {{"vault-integration.vault-dir", Json("notes"), {}}});
  CHECK(integration_vault(configured.context)->shown_as == "notes/");
}

TEST_CASE("a check that is off, or not enabled, is skipped and asks nothing") {
  for (const auto& settings : {std::vector<config::Setting>{}, drift("off")}) {
    const Checked checked = check(settings, "continue");
    CHECK(checked.result.outcome == Outcome::Skip);
    CHECK(checked.asked == 0);
  }
}

TEST_CASE("only a strict check asks, and does what the answer says") {
  CHECK(check(drift("warn"), "abort").asked == 0);
  CHECK(check(drift("warn"), "abort").result.outcome == Outcome::Warn);

  const Checked unanswered = check(drift("strict"), std::nullopt);
  CHECK(unanswered.result.outcome == Outcome::Block);
  CHECK(unanswered.result.open_decision);
  CHECK(unanswered.result.detail == "a:1: x");
  CHECK_FALSE(unanswered.went_on);

  const Checked fixed = check(drift("strict"), "fix");
  CHECK(fixed.result.outcome == Outcome::Block);
  CHECK_FALSE(fixed.result.open_decision);
  CHECK(fixed.stop == Stop::KeepJournal);

  CHECK(check(drift("strict"), "abort").stop == Stop::Abort);

  const Checked continued = check(drift("strict"), "continue");
  CHECK(continued.went_on);
  CHECK(continued.stop == Stop::No);
  CHECK(continued.result.outcome == Outcome::Warn);
}

TEST_CASE("many findings are counted where they are not listed") {
  std::vector<session::Finding> findings(51);
  for (session::Finding& finding : findings) finding.title = "t";
  findings[0].file = "a b";
  findings[0].line = 3;
  const std::string text = list_findings(findings);
  CHECK(text.starts_with("a b:3: t\nt\n"));
  CHECK(text.ends_with("t\nand 1 more\n"));
  findings.pop_back();
  CHECK_FALSE(contains(list_findings(findings), "more"));
}
