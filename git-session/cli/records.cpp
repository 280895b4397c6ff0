#include <unistd.h>

#include <chrono>
#include <memory>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/terminal.h"
#include "cli/usage.h"
#include "workflow/move_records.h"
#include "workflow/transfer_records.h"

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

ExitCode run_export(const Invocation& invocation, const std::string& file) {
  const session::Workspace workspace = session::open_workspace(invocation.common.selection);
  const records::Transfer transfer = workflow::exported_records(workspace);
  const std::string text = records::render_transfer(transfer);
  if (file == kStream) {
    print(text);
  } else {
    write_file_atomically(file, text);
  }
  if (invocation.common.json && file != kStream) {
    print_json("records-export", {{"file", json_path(file)},
                                  {"sessions", transfer.sessions.size()},
                                  {"learnings", transfer.learnings.size()},
                                  {"left_out", transfer.left_out}});
    return ExitCode::Done;
  }
  if (transfer.left_out > 0)
    warning(plural(transfer.left_out, "line") + " without an id: not exported");
  if (!invocation.common.quiet && file != kStream) {
    print_line(plural(transfer.sessions.size(), "session") + " and " +
               plural(transfer.learnings.size(), "learning") + " exported to '" + file + "'");
  }
  return ExitCode::Done;
}

std::string read_stream() {
  constexpr std::size_t kLargest = 128U << 20U;  // both files at their limit
  constexpr std::chrono::hours kLongestWait{1};
  BoundedInput input = read_bounded(STDIN_FILENO, kLargest, kLongestWait);
  if (input.end == BoundedInput::End::TooLarge)
    throw fatal("standard input is larger than 128 MiB: nothing was imported");
  if (input.end != BoundedInput::End::Complete) throw fatal("cannot read standard input");
  return std::move(input.text);
}

ExitCode run_import(const Invocation& invocation, const std::string& file) {
  const session::Workspace workspace = session::open_workspace(invocation.common.selection);
  const records::Transfer transfer = file == kStream
                                         ? records::parse_transfer(read_stream(), "standard input")
                                         : records::parse_transfer(read_file(file), file);
  const workflow::ImportedRecords imported = workflow::import_records(workspace, transfer);
  if (invocation.common.json) {
    print_json("records-import", {{"sessions", imported.sessions},
                                  {"learnings", imported.learnings},
                                  {"known", imported.known}});
  } else if (!invocation.common.quiet) {
    print_line(plural(imported.sessions, "session") + " and " +
               plural(imported.learnings, "learning") + " added, " +
               std::to_string(imported.known) + " already known");
  }
  return ExitCode::Done;
}

void add_transfer(CLI::App& app, Invocation& invocation, const char* name, const char* summary,
                  const char* what, ExitCode (*run)(const Invocation&, const std::string&)) {
  CLI::App* verb = app.add_subcommand(name, summary);
  add_common_options(*verb, invocation);
  const auto file = std::make_shared<std::string>();
  verb->add_option("file", *file, what)->type_name("FILE")->required();
  verb->callback([&invocation, file, run] {
    invocation.run = [&invocation, file, run] { return run(invocation, *file); };
  });
}

}  // namespace

void add_records(CLI::App& app, Invocation& invocation) {
  app.require_subcommand(1, 1);
  CLI::App* move = app.add_subcommand("move", "Move records and local issues to the other home");
  add_common_options(*move, invocation);
  const auto home = std::make_shared<std::string>();
  move->add_option("--to", *home, "Where they go: private (the git directory) or tracked")
      ->type_name("HOME")
      ->required()
      ->check(one_of({"private", "tracked"}));
  move->callback([&invocation, home] {
    invocation.run = [&invocation, home] { return run_move(invocation, *home); };
  });
  add_transfer(app, invocation, "export", "Write sessions and learnings to a file",
               "File to write, or - for standard output", run_export);
  add_transfer(app, invocation, "import", "Add the sessions and learnings of an export",
               "File of an export, or - for standard input", run_import);
}

}  // namespace gs::cli
