#include "workflow/pause.h"

#include <algorithm>
#include <functional>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/restore_text.h"
#include "cli/terminal.h"
#include "cli/which_session.h"
#include "report/figures.h"
#include "session/baseline.h"

namespace gs::cli {
namespace {

Json to_json(const workflow::PauseResult& result, bool dry_run) {
  return {{"status", dry_run ? "dry-run" : "paused"},
          {"session", result.session},
          {"name", text_or_null(result.name)},
          {"title", text_or_null(result.title)},
          {"branch", text_or_null(result.branch)},
          {"head", session::id_to_json(result.head)},
          {"paused_at", format_utc(result.paused_at)},
          {"note", text_or_null(result.note)},
          {"snapshot", text_or_null(result.snapshot)},
          {"shelved", json_paths(result.shelved)},
          {"kept", json_paths(result.kept)},
          {"left", json_reasons(result.left)},
          {"warnings", result.warnings}};
}

// "3 files": as the first words of a line about them.
std::string counted(const std::vector<RepoPath>& paths, std::string_view what) {
  return plural(paths.size(), "file") + " " + std::string(what) + ": " + some_of(paths);
}

// Why its own changes stay, and those that are not its own alone.
void print_left(const workflow::PauseResult& result,
                const std::function<void(const std::string&)>& line) {
  constexpr std::size_t kMost = 5;
  std::vector<RepoPath> others;
  std::size_t shown = 0;
  for (const snapshot::Reason& reason : result.left) {
    const bool is_own =
        std::find(result.kept.begin(), result.kept.end(), reason.path) != result.kept.end();
    if (!is_own) others.push_back(reason.path);
    if (is_own && ++shown <= kMost) line("  " + reason.path.quoted() + ": " + reason.why);
  }
  if (!others.empty())
    line(counted(others, others.size() == 1 ? "is not clearly its own and stays"
                                            : "are not clearly its own and stay"));
}

void print_result(const workflow::PauseResult& result, const std::string& resume, bool dry_run,
                  const Style& style) {
  const auto line = [&style](const std::string& text) {
    print_line("  " + report::hang(text, style.columns, 2));
  };
  const std::string what =
      report::one_line(shown_session(result.title, result.name, result.session));
  std::string facts = result.branch;
  const Timestamp now = SystemClock().now();
  if (result.already) {
    facts += ", paused " + format_age(now - result.paused_at);
  } else if (result.started_at) {
    facts += ", started " + format_age(now - *result.started_at);
  }
  const std::string did = dry_run          ? "Would pause "
                          : result.already ? "Paused already: "
                                           : "Paused ";
  print_line(report::wrap(did + what + " (" + facts + ")", style.columns, "  ").substr(2));
  if (!result.shelved.empty()) line(counted(result.shelved, dry_run ? "to shelve" : "shelved"));
  if (const std::size_t kept = result.kept.size(); kept > 0)
    line(std::to_string(kept) + " of its files " + (kept == 1 ? "stays" : "stay") +
         " in the tree: " + some_of(result.kept));
  print_left(result, line);
  if (!dry_run) print_line("Resume: " + resume);
}

ExitCode run_pause(const Invocation& invocation, const workflow::PauseRequest& request) {
  const Common& common = invocation.common;
  const session::Workspace workspace = session::open_workspace(common.selection);
  const workflow::PauseResult result = workflow::pause(workspace, request, SystemClock());
  if (!common.quiet) {
    for (const std::string& text : result.warnings) warning(text);
  }
  if (common.json) {
    print_json("pause", to_json(result, request.dry_run));
  } else if (!common.quiet) {
    const std::vector<session::FoundState> paused = session::paused_here(workspace);
    const bool is_only = std::all_of(paused.begin(), paused.end(),
                                     [&](const auto& found) { return found.id == result.session; });
    print_result(
        result,
        "git session resume" +
            (is_only ? "" : " " + quote_shell(result.name.empty() ? result.session : result.name)),
        request.dry_run, detect_style(workspace.git_config));
  }
  return ExitCode::Done;
}

}  // namespace

void add_pause(CLI::App& app, Invocation& invocation) {
  const auto request = std::make_shared<workflow::PauseRequest>();
  app.add_flag("--shelve", request->shelve,
               "Also remove the session's own changes from work tree and index");
  app.add_option("-m,--message", request->note, "A note, which resume shows")->type_name("NOTE");
  app.add_flag("-n,--dry-run", request->dry_run, "Show what would be done");
  app.callback([&invocation, request] {
    invocation.run = [&invocation, request] { return run_pause(invocation, *request); };
  });
}

}  // namespace gs::cli
