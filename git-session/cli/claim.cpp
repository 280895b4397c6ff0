#include "workflow/claim_files.h"

#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/terminal.h"
#include "cli/usage.h"
#include "report/figures.h"

namespace gs::cli {
namespace {

std::string line_of(const RepoPath& path, const std::string& item) {
  return "  " + path.quoted() + (item.empty() ? "" : "  (" + report::one_line(item) + ")");
}

// A claim is of the whole file.
void warn_of_earlier_work(const std::vector<RepoPath>& paths,
                          const std::vector<std::string>& typed) {
  if (paths.empty()) return;
  std::string names;
  for (const std::string& path : typed) names += " " + quote_shell(path);
  warning(plural(paths.size(), "file") + (paths.size() == 1 ? " was" : " were") +
          " dirty before the session started: what was in " + (paths.size() == 1 ? "it" : "them") +
          " then goes into the session's commits, too");
  hint("'git session claim --drop" + names + "' takes that back");
}

ExitCode run_claim(const Invocation& invocation, const workflow::ClaimRequest& request) {
  if (request.drop && request.paths.empty()) throw usage_error("--drop needs paths");
  if (request.paths.empty() && (request.item || request.new_item))
    throw usage_error("--item and --new need paths");
  const session::Workspace workspace = session::open_workspace(invocation.common.selection);
  const workflow::ClaimResult result = workflow::claim_files(workspace, request);
  if (invocation.common.json) {
    Json claims = Json::array();
    for (const auto& [path, item] : result.claims)
      claims.push_back({{"path", json_path(path.bytes())}, {"item", text_or_null(item)}});
    print_json("claim", {{"session", result.session}, {"claims", claims}});
    return ExitCode::Done;
  }
  if (invocation.common.quiet) return ExitCode::Done;
  if (request.paths.empty()) {
    for (const auto& [path, item] : result.claims) print_line(line_of(path, item));
    if (result.claims.empty()) print_line("nothing is claimed by hand");
    return ExitCode::Done;
  }
  for (const RepoPath& path : result.already) print_line("already yours: " + path.quoted());
  if (result.changed.empty()) return ExitCode::Done;
  const std::string what = request.drop ? "no longer claimed" : "claimed";
  print_line(what + ": " + plural(result.changed.size(), "file"));
  for (const RepoPath& path : result.changed) {
    const auto claim = result.claims.find(path);
    print_line(line_of(path, claim == result.claims.end() ? "" : claim->second));
  }
  warn_of_earlier_work(result.dirty_at_start, request.paths);
  return ExitCode::Done;
}

}  // namespace

void add_claim(CLI::App& app, Invocation& invocation) {
  const auto request = std::make_shared<workflow::ClaimRequest>();
  app.add_option("paths", request->paths, "Changed files, or directories that contain some")
      ->type_name("PATH");
  CLI::Option* item =
      app.add_option("--item", request->item,
                     "The plan item that they belong to: its number, or how its title begins")
          ->type_name("ITEM");
  CLI::Option* title =
      app.add_option("--new", request->new_item, "A new plan item that they belong to")
          ->type_name("TITLE")
          ->excludes(item);
  app.add_flag("--drop", request->drop, "Withdraw the claim")->excludes(item)->excludes(title);
  app.callback([&invocation, request] {
    invocation.run = [&invocation, request] { return run_claim(invocation, *request); };
  });
}

}  // namespace gs::cli
