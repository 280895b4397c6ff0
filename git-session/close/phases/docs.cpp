#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "close/look/configured_check.h"
#include "close/look/docs_sources.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

constexpr const char* kBlock = "docs-orchestrator";

using checks::DocsStatus;
using checks::DocsTaskResult;

// What cannot be read is said in the report too, never passed over.
void add_problem(Context& context, const std::string& problem, PhaseResult& result) {
  result.findings.push_back({"docs", session::Severity::High, 100, "", 0, problem, "",
                             "check the documentation by hand"});
  context.report_warnings.push_back("docs: " + problem + "; check the documentation by hand");
}

// Tasks of audiences that docs-orchestrator.audiences leaves out.
std::size_t drop_other_audiences(const Context& context, session::DocsTaskList& list) {
  const std::vector<std::string> counted =
      context.workspace.config.list("docs-orchestrator.audiences");
  return std::erase_if(list.tasks, [&](const session::ListedDocsTask& task) {
    const bool named = std::find(counted.begin(), counted.end(), task.audience) != counted.end();
    return !task.audience.empty() && !named;
  });
}

std::string ids_with(const std::vector<DocsTaskResult>& results, DocsStatus status) {
  std::vector<std::string> ids;
  for (const DocsTaskResult& result : results) {
    if (result.status == status) ids.push_back(result.task.id);
  }
  return join(ids, ", ");
}

std::size_t count(const std::vector<DocsTaskResult>& results, DocsStatus status) {
  return static_cast<std::size_t>(
      std::count_if(results.begin(), results.end(),
                    [&](const DocsTaskResult& result) { return result.status == status; }));
}

void add_findings(const std::vector<DocsTaskResult>& results, PhaseResult& phase) {
  for (const DocsTaskResult& result : results) {
    if (result.status == DocsStatus::Ok) continue;
    const bool gap = result.status == DocsStatus::Gap;
    phase.findings.push_back(
        {"docs", gap ? session::Severity::Medium : session::Severity::Low, 100, "", 0,
         std::string(checks::docs_status_name(result.status)) + ": task " + result.task.id + " (" +
             result.target + ")",
         result.note, gap ? "write it" : "have its sources looked at before a release"});
  }
}

report::DocsCoverage coverage(const std::string& mode, const std::vector<DocsTaskResult>& results) {
  report::DocsCoverage coverage{mode, {}};
  for (const DocsTaskResult& result : results) {
    coverage.tasks.push_back({result.task.id, result.task.audience, result.target, result.task.wave,
                              std::string(checks::docs_status_name(result.status)), result.note});
  }
  return coverage;
}

session::Decision question_about(const std::vector<DocsTaskResult>& results) {
  std::string gaps;
  for (const DocsTaskResult& result : results) {
    if (result.status == DocsStatus::Gap)
      gaps += result.task.id + " (" + result.target + "): " + result.note + "\n";
  }
  return {"docs",
          plural(count(results, DocsStatus::Gap), "docs task") +
              " with a gap. How shall the close go on?",
          {{"retry", "stop here; write them, then 'git session close --continue'"},
           {"override", "go on; it is logged under Deviations"},
           {"abort", "end this close"}},
          "retry",
          gaps,
          ""};
}

CheckAnswer verify(Context& context, const session::DocsTaskList& list, PhaseResult phase) {
  const std::vector<DocsTaskResult> results =
      checks::check_docs_tasks(list.tasks, docs_sources(context));
  context.docs_coverage = coverage(is_strict(context, kBlock) ? "strict" : "warn", results);
  add_findings(results, phase);
  if (!phase.findings.empty()) phase.outcome = Outcome::Warn;
  phase.summary = plural(results.size(), "task") + " from " + list.source + ": " +
                  std::to_string(count(results, DocsStatus::Ok)) + " ok, " +
                  std::to_string(count(results, DocsStatus::Partial)) + " partial, " +
                  plural(count(results, DocsStatus::Gap), "gap") + phase.summary;
  CheckAnswer answer{std::move(phase)};
  if (count(results, DocsStatus::Gap) == 0) return answer;
  answer.question = question_about(results);
  answer.go_on = [&context, gaps = ids_with(results, DocsStatus::Gap)] {
    context.deviations["docs"] =
        "[Phase 3.2] docs-orchestrator strict-mode gaps overridden by user. Tasks: " + gaps + ".";
  };
  return answer;
}

CheckAnswer check(Context& context) {
  session::DocsTaskList list = context.docs_tasks;
  PhaseResult result = ok("");
  for (const std::string& problem : list.problems) add_problem(context, problem, result);
  const std::size_t dropped = drop_other_audiences(context, list);
  if (dropped > 0) result.summary = "; " + plural(dropped, "task") + " of other audiences";
  if (!list.problems.empty())
    result.summary += "; " + plural(list.problems.size(), "problem") + " with the list";
  if (list.tasks.empty()) {
    if (list.problems.empty() && dropped == 0)
      return {skip("no docs tasks in STATE.md, in the plan, or by --docs-tasks")};
    result.outcome = list.problems.empty() ? Outcome::Skip : Outcome::Warn;
    result.summary = "no docs task to verify" + result.summary;
    return {result};
  }
  try {
    return verify(context, list, result);
  } catch (const Error& error) {
    add_problem(context, "the changes cannot be compared: " + error.message(), result);
    result.outcome = Outcome::Warn;
    result.summary = "not verified: " + error.message();
    return {result};
  }
}

PhaseResult look(Context& context) {
  return run_check(context, kBlock, check);
}

}  // namespace

const Phase kDocs{
    .id = "docs",
    .title = "Documentation",
    .look = look,
    .does = R"(compares each docs task's target with what changed: ok, partial (something is
marked for review) or gap (nothing, or white space and comments only))",
    .skipped_when = R"(`docs-orchestrator` is not enabled or its mode is off, or there are no docs
tasks)",
    .blocks_when = R"(mode is strict and a task is a gap: decision `docs`; a list of tasks that
cannot be read is a warning that the report names too)",
};

}  // namespace gs::close
