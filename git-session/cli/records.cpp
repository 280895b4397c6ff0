#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/terminal.h"
#include "cli/usage.h"
#include "workflow/move_records.h"

namespace gs::cli {
namespace {

ExitCode run_move(const Invocation& invocation, const std::string& home) {
  const session::Workspace workspace = session::open_workspace(invocation.common.selection);
  const std::vector<workflow::MovedFile> moved =
      workflow::move_records(workspace, home == "tracked");
  if (invocation.common.json) {
    Json files = Json::array();
    for (const workflow::MovedFile& file : moved)
      files.push_back({{"from", json_path(file.from.bytes())}, {"to", json_path(file.to.bytes())}});
    print_json("records-move", {{"records", home}, {"files", files}});
  } else if (!invocation.common.quiet) {
    print_line(plural(moved.size(), "file") + " moved; new sessions are " + home +
               " (git config session.records)");
    hint(home == "tracked" ? "'git session init --records tracked' writes what else that needs"
                           : "what git tracked of them shows as deleted: commit that");
  }
  return ExitCode::Done;
}

}  // namespace

void add_records(CLI::App& app, Invocation& invocation) {
  app.require_subcommand(1, 1);
  CLI::App* move = app.add_subcommand("move", "Carry records and local issues to the other home");
  add_common_options(*move, invocation);
  const auto home = std::make_shared<std::string>();
  move->add_option("--to", *home, "Where they go: private (the git directory) or tracked")
      ->type_name("HOME")
      ->required()
      ->check(one_of({"private", "tracked"}));
  move->callback([&invocation, home] {
    invocation.run = [&invocation, home] { return run_move(invocation, *home); };
  });
}

}  // namespace gs::cli
