#include "close/plan/report_findings.h"

#include <doctest/doctest.h>

#include "close/close_fixture.h"

using namespace gs;
using namespace gs::close;
using gs::test::CloseOf;
using gs::test::TempRepo;
using session::Severity;

namespace {

using Texts = std::vector<std::string>;

struct FindingsFixture {
  TempRepo repo;
  CloseOf close{repo, {{"vcs", Json("local"), {}}}};
  report::Report report;

  void found(const std::string& phase, const session::Finding& finding) {
    PhaseReport answer{phase, phase, ok(""), {}};
    answer.result.findings = {finding};
    close.context.reports.push_back(answer);
  }
  // Severity, place, title and issue of each.
  Texts texts(const IssuePlan* issues = nullptr) {
    report.findings.clear();
    add_findings(close.context, 0, issues, report);
    Texts texts;
    for (const report::FindingLine& line : report.findings) {
      texts.push_back(line.severity + " " + line.place + " " + line.title +
                      (line.issue.none() ? "" : " " + line.issue.name()));
    }
    return texts;
  }
  static IssueAction action(const std::string& title, const std::string& what,
                            const std::string& reference) {
    IssueAction action{{}, what, reference, std::nullopt};
    action.task.issue.title = title;
    return action;
  }
};

}  // namespace

TEST_CASE_FIXTURE(FindingsFixture, "findings of every phase are there once, the worst first") {
  found("drift", {.severity = Severity::Low, .file = "a b", .line = 3, .title = "low"});
  found("vault", {.severity = Severity::High, .title = "high"});
  found("discovery", {.severity = Severity::Medium, .file = "x", .line = 1, .title = "same"});
  found("gate", {.severity = Severity::Medium, .file = "x", .line = 1, .title = "same"});
  found("gate", {.severity = Severity::Medium, .file = "x", .line = 2, .title = "same"});
  CHECK(texts() == Texts{"high  high", "medium x:1 same", "medium x:2 same", "low a b:3 low"});
}

TEST_CASE_FIXTURE(FindingsFixture,
                  "what another section says is not said twice, whichever phase saw it") {
  found("plan", {.file = "x", .title = "here", .is_elsewhere = true});
  found("gate", {.file = "x", .title = "here"});
  found("gate", {.file = "y", .title = "here"});
  CHECK(texts() == Texts{"medium y here"});
}

TEST_CASE_FIXTURE(FindingsFixture,
                  "only findings from the first report on are added to what is there") {
  found("vault", {.title = "one"});
  (void)texts();
  found("issues", {.title = "one"});
  found("issues", {.title = "two"});
  add_findings(close.context, 1, nullptr, report);
  CHECK(report.findings.size() == 2);
}

TEST_CASE_FIXTURE(FindingsFixture,
                  "a finding with a new issue is left out, one of an open issue names it") {
  found("discovery", {.severity = Severity::High, .file = "src/a", .title = "new"});
  found("discovery", {.severity = Severity::High, .file = "src/a", .title = "open"});
  found("discovery", {.severity = Severity::High, .file = "src/a", .title = "later"});
  found("discovery", {.severity = Severity::High, .file = "src/a", .title = "unchanged"});
  found("discovery", {.severity = Severity::Low, .file = "src/a", .title = "low"});
  found("vault", {.severity = Severity::High, .file = "src/a", .title = "new of the vault"});
  IssuePlan issues;
  issues.actions = {action("[Discovery] new: src/a", "create", "#1"),
                    action("[Discovery] open: src/a", "comment", "#2"),
                    action("[Discovery] later: src/a", "create", "")};
  CHECK(texts(&issues) == Texts{"high src/a open #2", "high src/a later to be filed",
                                "high src/a unchanged", "high src/a new of the vault",
                                "low src/a low"});
}

TEST_CASE("a finding with an absolute path is about a file outside the repository") {
  for (const char* place : {"/home/kim/vault/a.md:3", "\"/home/kim/\\\"a.md\":3"})
    CHECK(is_outside({"low", "vault", place, "x", {}}));
  CHECK(is_outside({"low", "memory", "", "no note: cannot make directory '/home/kim/x'", {}}));
  CHECK_FALSE(is_outside({"low", "drift", "docs/a.md:1", "there is no '/home/kim/x'", {}}));
  CHECK_FALSE(is_outside({"low", "grounding", "", "unchanged: a/b", {}}));
}

TEST_CASE_FIXTURE(FindingsFixture, "of a review only what is carried over has an issue") {
  found("review", {.title = "no test"});
  close.context.review.emplace();
  IssuePlan issues;
  issues.actions = {action("[Carryover] no test", "create", "#1")};
  CHECK(texts(&issues) == Texts{"medium  no test"});
  close.context.review->carryover = true;
  CHECK(texts(&issues).empty());
  issues.actions.clear();  // without a tracker
  CHECK(texts(&issues) == Texts{"medium  no test"});
}
