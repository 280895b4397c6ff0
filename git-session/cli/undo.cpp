#include "close/undo/undo.h"

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/terminal.h"
#include "cli/which_session.h"
#include "report/figures.h"
#include "session/baseline.h"

namespace gs::cli {
namespace {

Json places(const std::vector<FilePlace>& files) {
  Json list = Json::array();
  for (const FilePlace& file : files) list.push_back(file.quoted());
  return list;
}

Json to_json(const close::UndoResult& result, bool dry_run) {
  Json commits = Json::array();
  for (const close::MadeCommit& commit : result.commits)
    commits.push_back({{"oid", commit.oid.hex()}, {"subject", commit.subject}});
  Json staged = Json::array();
  for (const RepoPath& path : result.staged) staged.push_back(json_path(path.bytes()));
  Json filed = Json::array();
  for (const close::FiledIssue& issue : result.filed)
    filed.push_back({{"action", issue.action},
                     {"reference", issue.reference},
                     {"title", issue.title},
                     {"url", text_or_null(issue.url)}});
  return {{"status", dry_run ? "dry-run" : "undone"},
          {"session", result.session},
          {"title", text_or_null(result.title)},
          {"branch", text_or_null(result.branch)},
          {"commits", commits},
          {"tip", session::id_to_json(result.tip)},
          {"head", session::id_to_json(result.target)},
          {"files", places(result.files)},
          {"left", places(result.left)},
          {"staged", staged},
          {"snapshots", result.snapshots},
          {"filed", filed},
          {"warnings", result.warnings}};
}

// Those of the work tree, without the session's own records.
std::string names_of(const std::vector<FilePlace>& files) {
  constexpr std::size_t kMost = 6;
  std::vector<std::string> names;
  for (const FilePlace& file : files) {
    if (file.inside()) names.push_back(file.quoted());
  }
  return join_some(names, kMost);
}

void print_commits(const close::UndoResult& result, bool dry_run, const Style& style) {
  if (result.commits.empty()) return;
  const std::string branch = result.branch.empty() ? "HEAD" : result.branch;
  print_line("  " + branch + (dry_run ? " would go back to " : " is back at ") +
             (result.target ? result.target->abbreviated() : "no commit at all") + ", without");
  for (const close::MadeCommit& commit : result.commits) {
    print_line("    " + report::paint(commit.oid.abbreviated(), report::Tone::Dim, style.colour) +
               " " + report::one_line(commit.subject));
  }
}

void print_filed(const close::UndoResult& result) {
  if (result.filed.empty()) return;
  print_line("  Not taken back, on the tracker's host:");
  for (const close::FiledIssue& issue : result.filed) {
    const std::string what = issue.action == "create"  ? "filed"
                             : issue.action == "close" ? "closed"
                                                       : "commented on";
    print_line("    " + what + " " + issue.reference + " " + report::one_line(issue.title) +
               (issue.url.empty() ? "" : "  " + issue.url));
  }
}

void print_result(const close::UndoResult& result, bool dry_run, const Style& style) {
  const auto line = [&style](const std::string& text) {
    print_line("  " + report::hang(text, style.columns, 2));
  };
  const std::string what = report::one_line(shown_session(result.title, "", result.session));
  print_line((dry_run ? "Would undo the close of " : "Undone: the close of ") + what);
  print_commits(result, dry_run, style);
  if (const std::string names = names_of(result.files); !names.empty()) line("files: " + names);
  if (!result.snapshots.empty()) line(plural(result.snapshots.size(), "snapshot") + ": back");
  print_filed(result);
  if (dry_run) return;
  if (result.tip) line("The commits stay in the reflog: git show " + result.tip->abbreviated());
  print_line("The session is open again: git session status" + session_option(result.session));
}

void warn(const close::UndoResult& result) {
  for (const FilePlace& file : result.left)
    warning(file.quoted() + " has changed since the close wrote it: left as it is");
  for (const RepoPath& path : result.staged)
    warning("'" + path.quoted() + "' was staged otherwise since the close: left as it is");
  for (const std::string& text : result.warnings) warning(text);
}

ExitCode run_undo(const Invocation& invocation, close::UndoRequest request) {
  const Common& common = invocation.common;
  session::Selection selection = common.selection;
  selection.may_be_over = true;
  if (request.session.empty()) request.session = selection.session.value_or("");
  const session::Workspace workspace = session::open_workspace(selection);
  const close::UndoResult result = close::undo(workspace, request, SystemClock());
  warn(result);
  if (common.json) {
    print_json("undo", to_json(result, request.dry_run));
  } else if (!common.quiet) {
    print_result(result, request.dry_run, detect_style(workspace.git_config));
  }
  return result.left.empty() ? ExitCode::Done : ExitCode::No;
}

}  // namespace

void add_undo(CLI::App& app, Invocation& invocation) {
  const auto request = std::make_shared<close::UndoRequest>();
  app.add_option("closed", request->session, "The session of the last close, to be sure")
      ->type_name("SESSION");
  app.add_flag("-n,--dry-run", request->dry_run, "Show what would be taken back");
  app.callback([&invocation, request] {
    invocation.run = [&invocation, request] { return run_undo(invocation, *request); };
  });
}

}  // namespace gs::cli
