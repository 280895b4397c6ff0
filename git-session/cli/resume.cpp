#include "workflow/resume.h"

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/restore_text.h"
#include "cli/terminal.h"
#include "cli/which_session.h"
#include "report/figures.h"

namespace gs::cli {
namespace {

std::string_view outcome_of(const workflow::ResumeResult& result, bool dry_run) {
  if (!result.plan.in_the_way.empty()) return "refused";
  return dry_run ? "dry-run" : "resumed";
}

Json to_json(const workflow::ResumeResult& result, bool dry_run) {
  return {{"status", outcome_of(result, dry_run)},
          {"session", result.session},
          {"name", text_or_null(result.name)},
          {"title", text_or_null(result.title)},
          {"branch", text_or_null(result.branch)},
          {"paused_at", result.paused_at ? Json(format_utc(*result.paused_at)) : Json()},
          {"note", text_or_null(result.note)},
          {"snapshot", text_or_null(result.snapshot)},
          {"files", json_steps(result.plan.files)},
          {"index", json_steps(result.plan.index)},
          {"in_the_way", json_reasons(result.plan.in_the_way)},
          {"conflicts", json_paths(result.plan.conflicts)},
          {"moved", json_paths(result.moved)},
          {"commits", result.commits},
          {"others", json_paths(result.others)},
          {"warnings", result.warnings}};
}

ExitCode refuse(const workflow::ResumeResult& result, const Style& style) {
  const std::vector<snapshot::Reason>& reasons = result.plan.in_the_way;
  print_message("error: ", "the session stays paused: " + plural(reasons.size(), "path") +
                               (reasons.size() == 1 ? " is" : " are") +
                               " in the way of what it has shelved");
  print_reasons(reasons, style);
  const bool moved = std::any_of(reasons.begin(), reasons.end(),
                                 [](const auto& reason) { return reason.mergeable; });
  const bool others = std::any_of(reasons.begin(), reasons.end(),
                                  [](const auto& reason) { return !reason.mergeable; });
  if (moved) hint("'git session resume --merge' merges what HEAD has changed with them");
  if (others) hint("commit, stash or move away what is there, then resume the session");
  return ExitCode::No;
}

void print_result(const workflow::ResumeResult& result, bool dry_run, const Style& style) {
  const auto line = [&style](const std::string& text) {
    print_line("  " + report::hang(text, style.columns, 2));
  };
  const std::string what =
      report::one_line(shown_session(result.title, result.name, result.session));
  std::string facts = result.branch;
  if (result.paused_at) facts += ", paused " + format_age(result.resumed_at - *result.paused_at);
  const std::string head = (dry_run ? "Would resume " : "Resumed ") + what + " (" + facts + ")";
  print_line(report::wrap(head, style.columns, "  ").substr(2));
  if (!result.note.empty()) line("Note: " + report::one_line(result.note));
  std::vector<RepoPath> back;
  for (const snapshot::FileStep& step : result.plan.files) back.push_back(step.path);
  if (!back.empty()) {
    line(plural(back.size(), "file") + (dry_run ? " to come back: " : " back in the tree: ") +
         some_of(back));
  }
  if (result.commits > 0) {
    line(plural(result.commits, "commit") + " made meanwhile " +
         (result.commits == 1 ? "does" : "do") + " not count as its work.");
  }
  if (!result.others.empty()) {
    line(plural(result.others.size(), "file") +
         " changed meanwhile, not its own: " + some_of(result.others));
  }
  for (const RepoPath& path : result.moved)
    warning("'" + path.quoted() + "' was changed meanwhile and stays as it is");
  for (const RepoPath& path : result.plan.conflicts)
    print_error("CONFLICT: '" + path.quoted() + "': resolve it, then 'git add' it\n");
  if (!dry_run) print_line("Next: git session status" + session_option(result.session));
}

ExitCode run_resume(const Invocation& invocation, workflow::ResumeRequest request) {
  const Common& common = invocation.common;
  session::Selection selection = common.selection;
  selection.may_be_over = true;
  if (request.session.empty()) request.session = selection.session.value_or("");
  const session::Workspace workspace = session::open_workspace(selection);
  const workflow::ResumeResult result = workflow::resume(workspace, request, SystemClock());
  if (!common.quiet) {
    for (const std::string& text : result.warnings) warning(text);
  }
  const Style style = detect_style(workspace.git_config);
  const bool is_refused = !result.plan.in_the_way.empty();
  if (common.json) {
    print_json("resume", to_json(result, request.dry_run));
  } else if (is_refused) {
    return refuse(result, style);
  } else if (!common.quiet) {
    print_result(result, request.dry_run, style);
  }
  const bool is_whole = !is_refused && result.plan.conflicts.empty() && result.moved.empty();
  return is_whole ? ExitCode::Done : ExitCode::No;
}

}  // namespace

void add_resume(CLI::App& app, Invocation& invocation) {
  const auto request = std::make_shared<workflow::ResumeRequest>();
  app.add_option("paused", request->session, "The paused session, by id or name")
      ->type_name("SESSION");
  app.add_flag("--merge", request->merge,
               "Merge what HEAD has changed since with what was shelved, with conflict markers "
               "where it collides");
  app.add_flag("-n,--dry-run", request->dry_run, "Show what would be done");
  app.callback([&invocation, request] {
    invocation.run = [&invocation, request] { return run_resume(invocation, *request); };
  });
}

}  // namespace gs::cli
