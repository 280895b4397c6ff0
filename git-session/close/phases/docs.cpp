#include <algorithm>

#include "base/ascii.h"
#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "checks/notes/docs_tasks.h"
#include "close/look/configured_check.h"
#include "close/phases/phases.h"
#include "git/objects/worktree_blobs.h"

namespace gs::close {

namespace {

constexpr const char* kDocsBlock = "docs-orchestrator";

using checks::DocsStatus;
using checks::DocsTaskResult;

checks::DocsChange judge(const git::Repository& repository, const session::Change& change) {
  // Gone, a link, or stored differently by a filter: still a change.
  constexpr checks::DocsChange kChanged{true, false};
  if (change.worktree.oid == change.base.oid) return {};
  if (!change.worktree.is_file()) return kChanged;
  const auto now = git::worktree_content(repository, change.path, change.worktree.oid);
  if (!now) return kChanged;
  const std::string before =
      change.base.is_file() ? repository.read_blob(change.base.oid) : std::string();
  return checks::judge_docs_change(change.path.bytes(), before, *now);
}

// The project's directory in a vault: named like the remote repository, else like the work tree.
std::string project_slug(const Context& context) {
  const std::string remote = context.workspace.config.required_text("remote");
  std::string name =
      git::last_value(git::read_all_config(context.repository().git()), "remote." + remote + ".url")
          .value_or("");
  if (name.empty()) name = context.repository().work_tree();
  while (name.ends_with('/')) name.pop_back();
  name = name.substr(name.find_last_of("/:") + 1);  // npos + 1 is 0
  if (name.ends_with(".git")) name.resize(name.size() - 4);
  std::string slug;
  for (const char c : to_lower(name)) {
    const bool letter = is_lower(c) || is_digit(c);
    if (letter) {
      slug += c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

std::optional<checks::DocsChange> outside_change(const Context& context, const FilePlace& place) {
  const auto info = context.repository().files().info(place);
  const std::optional<Timestamp> started = context.session->state.started_at;
  if (!info || !started || info->modified < *started) return std::nullopt;
  // Its earlier content is unknown: all of it counts as written.
  return checks::judge_docs_change(
      place.bytes(), "", context.repository().files().read(place, FileLimit::Note).value_or(""));
}

// What docs tasks are compared with: the session's changes, and the narratives of its project in
// the vault. A narrative outside the work tree counts as changed if it was written since the
// session started.
checks::DocsSources docs_sources(const Context& context) {
  checks::DocsSources sources;
  for (const session::Change& change : context.changes) sources.changed.push_back(change.path);
  sources.judge = [&context](const RepoPath& path) {
    for (const session::Change& change : context.changes) {
      if (change.path == path) return judge(context.repository(), change);
    }
    return checks::DocsChange{};
  };
  const std::optional<Place> vault = integration_vault(context);
  if (!vault) return sources;
  const std::string project = "01-projects/" + project_slug(context);
  for (const char* name : {"context.md", "decisions.md", "people.md"}) {
    const std::string path = project + "/" + name;
    if (!vault->shown_as.starts_with('/')) {
      sources.vault_patterns.push_back(vault->shown_as + path);
    } else {
      const std::string file = join_path(vault->directory, path);
      sources.vault_documents.push_back({file, outside_change(context, place_in(*vault, path))});
    }
  }
  return sources;
}

// Unreadable files are named in the report too, never skipped.
void add_problem(Context& context, const std::string& problem, PhaseResult& result) {
  result.findings.push_back({.source = "docs",
                             .severity = session::Severity::High,
                             .title = problem,
                             .recommendation = "check the documentation by hand",
                             .is_elsewhere = true});
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
        {.source = "docs",
         .severity = gap ? session::Severity::Medium : session::Severity::Low,
         .title = std::string(checks::docs_status_name(result.status)) + ": task " +
                  result.task.id + " (" + result.target + ")",
         .detail = result.note,
         .recommendation = gap ? "write it" : "have its sources reviewed before a release",
         .is_elsewhere = true});
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
              " with a gap. How should the close continue?",
          {{"fix", "stop here; write them, then 'git session close --continue'"},
           {"override", "continue; it is logged under Deviations"},
           {"abort", "end this close"}},
          "fix",
          gaps,
          ""};
}

CheckAnswer verify(Context& context, const session::DocsTaskList& list, PhaseResult phase) {
  const std::vector<DocsTaskResult> results =
      checks::check_docs_tasks(list.tasks, docs_sources(context));
  context.docs_coverage = coverage(is_strict(context, kDocsBlock) ? "strict" : "warn", results);
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

CheckAnswer check_docs(Context& context) {
  session::DocsTaskList list = context.docs_tasks;
  PhaseResult result = ok("");
  for (const std::string& problem : list.problems) add_problem(context, problem, result);
  const std::size_t dropped = drop_other_audiences(context, list);
  if (dropped > 0) result.summary = "; " + plural(dropped, "task") + " of other audiences";
  if (!list.problems.empty())
    result.summary += "; " + plural(list.problems.size(), "problem") + " with the list";
  if (list.tasks.empty()) {
    if (list.problems.empty() && dropped == 0)
      return {skip("no docs tasks in STATE.md, the plan or --docs-tasks")};
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

PhaseResult look_docs(Context& context) {
  return run_check(context, kDocsBlock, check_docs);
}

}  // namespace

const Phase kDocs{
    .id = "docs",
    .title = "Documentation",
    .look = look_docs,
    .does = R"(compares each docs task's target with what changed: ok, partial (something is
marked for review) or gap (nothing, or white space and comments only))",
    .skipped_when = R"(`docs-orchestrator` is not enabled or its mode is off, or there are no docs
tasks)",
    .blocks_when = R"(mode is strict and a task is a gap: decision `docs`; a list of tasks that
cannot be read is a warning that the report names too)",
};

}  // namespace gs::close
