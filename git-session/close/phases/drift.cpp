#include "checks/notes/drift.h"

#include "base/text.h"
#include "close/issues/issue_states.h"
#include "close/look/configured_check.h"
#include "close/phases/phases.h"
#include "close/plan/issue_plan.h"

namespace gs::close {

namespace {

checks::DriftOptions options_of(const Context& context, const IssueLookup& lookup) {
  const config::SessionConfig& config = context.workspace.config;
  checks::DriftOptions options;
  options.documents = config.list("drift-check.include-paths");
  options.paths = config.flag("drift-check.check-path-resolver");
  options.project_counts = config.flag("drift-check.check-project-count-sync");
  options.issues = config.flag("drift-check.check-issue-reference-freshness");
  options.session_files = config.flag("drift-check.check-session-file-existence");
  options.issue_state = lookup.state_of;
  options.no_tracker = lookup.why_not;
  return options;
}

std::string summarize(const checks::DriftCheck& check) {
  std::string text = plural(check.documents, "document") + ": " +
                     plural(check.errors.size(), "error") + ", " +
                     plural(check.warnings.size(), "warning");
  std::vector<std::string> skipped = check.skipped;
  skipped.insert(skipped.end(), check.not_applicable.begin(), check.not_applicable.end());
  if (!skipped.empty()) text += "; not checked: " + join(skipped, "; ");
  return text;
}

CheckAnswer check_drift(Context& context) {
  IssueLookup lookup;
  if (context.workspace.config.flag("drift-check.check-issue-reference-freshness"))
    lookup = issue_lookup(context);
  checks::DriftCheck found =
      checks::check_drift(context.repository().work_tree(), options_of(context, lookup));
  if (!lookup.trouble->empty()) found.skipped.push_back("issue references: " + *lookup.trouble);
  if (found.documents == 0 && found.errors.empty())
    return {skip("no document matches drift-check.include-paths")};
  CheckAnswer answer{with_findings(summarize(found), found.errors, found.warnings)};
  for (const std::string& skipped : found.skipped) {
    answer.result.findings.push_back({.source = "drift",
                                      .severity = session::Severity::Low,
                                      .title = "not checked: " + skipped});
  }
  if (found.errors.empty()) return answer;
  const std::string statements = plural(found.errors.size(), "statement");
  const std::string errors = list_findings(found.errors);
  answer.question = {
      "drift",
      statements + " of the documents no longer true. How should the close continue?",
      {{"fix", "stop here; fix the documents, then 'git session close --continue'"},
       {"carryover", "continue, and file an issue about them"},
       {"abort", "end this close"}},
      "fix",
      errors,
      ""};
  answer.go_on = [=, &context] {
    context.new_issues.push_back(
        findings_issue(context, "Drift: fix " + statements + " of the documents", errors, "drift"));
  };
  return answer;
}

PhaseResult look_drift(Context& context) {
  return run_check(context, "drift-check", check_drift);
}

}  // namespace

const Phase kDrift{
    .id = "drift",
    .title = "Drift",
    .look = look_drift,
    .does = R"(compares documents with the repository: absolute paths, project counts,
issues that are still to be done, session files)",
    .skipped_when = R"(`drift-check` is not enabled or its mode is off, or none of the documents
is there)",
    .blocks_when = R"(mode is strict and a statement is not true: decision `drift`)",
};

}  // namespace gs::close
