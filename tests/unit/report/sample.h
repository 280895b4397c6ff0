#pragma once

#include "report/report.h"

namespace gs::test {

// A session of waves with something in every section.
inline report::Report full_report() {
  report::Report report;
  report.session = "main-2026-11-22-0930";
  report.title = "Uploads that survive a flaky network";
  report.type = "feature";
  report.branch = "main";
  report.started_at = *parse_iso8601("2026-11-22T09:30:00Z");
  report.completed_at = *parse_iso8601("2026-11-22T11:43:07Z");
  report.completed = {
      {42, "Retry uploads with backoff", "3 files, verify passed in 1.2 s (12 passed)"},
      {std::nullopt,
       "Describe in the user's handbook what happens to an upload while the network is away, and "
       "for how long",
       "1 file"}};
  report.carried_over = {
      {43, "Progress bar", "no change in 'src/ui/progress/**' (design is not settled)", {"#51"}},
      {std::nullopt,
       "Resume after a restart",
       "2 files, verify failed: exit status 3",
       {"queued"}}};
  report.new_issues = {{{"#51"}, "[Carryover] Progress bar", "medium"},
                       {{"queued"}, "[Carryover] Resume after a restart", "high"}};
  report.waves = {{1, "Discovery", 3, "4", "12 min 05 s"},
                  {2, "Impl-Core", 1, "n/a"},
                  {3, "Polish", 0, "n/a", "", true}};
  report.agents = report::AgentTotals{4, 2, 1, 0, 1};
  report.files_changed = 12;
  report.gates = {{"test", "passed", "12 passed in 3.1 s"},
                  {"typecheck", "failed", "exit status 2"},
                  {"lint", "skipped", "no command"}};
  report.tests_passed = 12;
  report.tests_failed = 2;
  report.commits = {
      {"0123456789abcdef0123456789abcdef01234567", "feat(upload): retry with backoff", 3},
      {"89abcdef0123456789abcdef0123456789abcdef",
       "docs: say in the user's handbook what happens to an upload while the network is away", 1}};
  report.push = "2 commits pushed to origin/main";
  report.mirror = "failed: 'github' does not appear to be a git repository";
  report.docs_health = "clean (mode=warn)";
  report.enforcement = "2 violations blocked, 1 warning";
  report.learnings = "2 new, 1 confirmed";
  report.metrics_file = ".orchestrator/metrics/sessions.jsonl";
  report.docs_coverage = report::DocsCoverage{
      "warn",
      {{"guide", "user", "docs/user/**/*.md", "2", "ok", ""},
       {"cites", "dev", "docs/a|b.md", "", "partial", "docs/a|b.md: review it before a release"},
       {"docs-3", "", "README.md", "", "gap", "nothing changed that it names"}}};
  for (const char* name : {"a", "b", "c", "d", "e", "f"}) {
    report.left_alone.push_back({std::string("lib/other/") + name + ".cpp", "foreign",
                                 "changed before the session started"});
  }
  report.left_alone.push_back({"notes.txt", "unclaimed", "nobody claims it"});
  report.left_alone.push_back({"lib/other/g.cpp", "foreign", "claimed by session 'main-2'"});
  report.left_alone.push_back({"todo.txt", "unclaimed", "nobody claims it"});
  report.left_alone.push_back({"\"odd\\nname\"", "unclaimed", "nobody claims it"});
  report.deviations = {"[2026-11-22T11:40:00Z] Phase 2.3: vault staleness overridden"};
  report.warnings = {"STATE.md:9: unknown key 'wave'"};
  report.recommendations = {{"Take up: Resume after a restart", {"queued"}},
                            {"Take up: Progress bar", {"#51"}}};
  return report;
}

// A person's session: no plan, no waves, one commit.
inline report::Report small_report() {
  report::Report report;
  report.session = "fix-2026-11-22-1700";
  report.type = "housekeeping";
  report.branch = "fix";
  report.started_at = *parse_iso8601("2026-11-22T17:00:00Z");
  report.completed_at = *parse_iso8601("2026-11-22T17:00:42Z");
  report.files_changed = 1;
  report.gates = {{"test", "skipped", "no command"}};
  report.commits = {{"0123456789abcdef0123456789abcdef01234567", "fix: a typing slip", 1}};
  report.push = "not pushed: no remote";
  report.mirror = "skipped (not configured)";
  return report;
}

}  // namespace gs::test
