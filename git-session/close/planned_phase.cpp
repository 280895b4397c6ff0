#include "close/planned_phase.h"

#include "close/journal/file_writes.h"

namespace gs::close {

namespace {

PhaseResult with_problems(PhaseResult result, const std::string& phase,
                          const std::vector<std::string>& problems) {
  for (const std::string& problem : problems) {
    result.outcome = Outcome::Warn;
    result.findings.push_back({phase, session::Severity::Low, 100, "", 0, problem, "", ""});
  }
  if (!problems.empty()) {
    result.summary += result.summary.empty() ? problems.front() : "; " + problems.front();
  }
  return result;
}

}  // namespace

PhaseResult preview_planned(Context& context, const std::string& phase) {
  const PlannedAnswer& answer = context.write_plan->answers[phase];
  if (!answer.skipped.empty()) return skip(answer.skipped);
  PhaseResult result = with_problems(ok("would write: " + answer.summary), phase, answer.problems);
  result.detail = answer.detail;
  return result;
}

PhaseResult write_planned(Context& context, const std::string& phase) {
  const PlannedAnswer& answer = context.write_plan->answers[phase];
  if (!answer.skipped.empty()) return skip(answer.skipped);
  std::vector<std::string> problems = answer.problems;
  for (const RepoPath& left : write_files(context, phase)) {
    problems.push_back(left.quoted() + " was changed while the close was running: left as it is");
  }
  PhaseResult result = with_problems(ok(answer.summary), phase, problems);
  result.detail = answer.detail;
  return result;
}

}  // namespace gs::close
