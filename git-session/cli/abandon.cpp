#include "workflow/abandon.h"

#include <algorithm>
#include <memory>

#include "base/process/process.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/terminal.h"
#include "cli/which_session.h"
#include "report/figures.h"

namespace gs::cli {
namespace {

Json to_json(const workflow::AbandonResult& result) {
  Json changes = Json::array();
  for (const session::OwnedChange& owned : result.changes)
    changes.push_back({{"path", json_path(owned.change.path.bytes())},
                       {"owner", session::owner_name(owned.owner)}});
  return {{"status", "abandoned"},
          {"session", result.session},
          {"name", text_or_null(result.name)},
          {"title", text_or_null(result.title)},
          {"branch", text_or_null(result.branch)},
          {"commits", result.commits},
          {"changes", changes},
          {"snapshots", {{"kept", result.kept}, {"dropped", result.dropped}}},
          {"shelved", text_or_null(result.shelved)},
          {"learned", text_or_null(result.learned)},
          {"record", text_or_null(result.record_file)},
          {"warnings", result.warnings}};
}

std::string listed(const std::vector<session::OwnedChange>& changes) {
  constexpr std::size_t kMost = 5;
  std::vector<std::string> names;
  for (const session::OwnedChange& change : changes) names.push_back(change.change.path.quoted());
  return join_some(names, kMost);
}

void print_result(const workflow::AbandonResult& result, Timestamp now, const Style& style) {
  std::string facts = result.branch;
  if (result.started_at) facts += ", started " + format_age(now - *result.started_at);
  const std::string what = shown_session(result.title, result.name, result.session);
  const auto line = [&style](const std::string& text) {
    print_line(report::hang(text, style.columns, 2));
  };
  print_line("Abandoned " + report::one_line(what) + " (" + facts + ")");
  if (result.commits > 0) line("  Its " + plural(result.commits, "commit") + " stay.");
  std::vector<session::OwnedChange> own = result.changes;
  std::erase_if(own, [](const session::OwnedChange& change) {
    return change.owner != session::Owner::Ours && change.owner != session::Owner::Mixed;
  });
  if (!own.empty())
    line("  " + plural(own.size(), "file") + (own.size() == 1 ? " stays" : " stay") +
         " in the tree, uncommitted: " + listed(own));
  if (!result.dropped.empty()) line("  " + plural(result.dropped.size(), "snapshot") + " dropped.");
  if (!result.kept.empty()) {
    line("  " + plural(result.kept.size(), "snapshot") + " kept until " +
         (result.kept.size() == 1 ? "it expires" : "they expire") +
         ": git session snapshot list --session " + quote_shell(result.session));
  }
  if (!result.shelved.empty()) {
    line("  What it has shelved is in one of them: git session snapshot restore " +
         quote_shell(short_name(result.shelved)));
  }
  if (!result.learned.empty()) line("  Noted learnings are left in " + quote_path(result.learned));
}

ExitCode run_abandon(const Invocation& invocation, workflow::AbandonRequest request) {
  const Common& common = invocation.common;
  session::Selection selection = common.selection;
  selection.may_be_over = true;
  request.is_named = selection.session || !environment_variable("GIT_SESSION").value_or("").empty();
  const session::Workspace workspace = session::open_workspace(selection);
  const SystemClock clock;
  const workflow::AbandonResult result = workflow::abandon(workspace, request, clock);
  for (const std::string& text : result.warnings) warning(text);
  if (common.json) {
    print_json("abandon", to_json(result));
  } else if (!common.quiet) {
    print_result(result, clock.now(), detect_style(workspace.git_config));
  }
  return ExitCode::Done;
}

}  // namespace

void add_abandon(CLI::App& app, Invocation& invocation) {
  const auto request = std::make_shared<workflow::AbandonRequest>();
  app.add_flag("--drop-snapshots", request->drop_snapshots, "Delete the session's snapshots, too");
  app.callback([&invocation, request] {
    invocation.run = [&invocation, request] { return run_abandon(invocation, *request); };
  });
}

}  // namespace gs::cli
