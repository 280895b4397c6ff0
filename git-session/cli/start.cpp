#include "workflow/start.h"

#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/terminal.h"
#include "cli/usage.h"

namespace gs::cli {
namespace {

Json to_json(const workflow::StartResult& result) {
  Json baseline;
  if (result.baseline) {
    baseline = {{"ref", result.baseline->ref},
                {"oid", result.baseline->oid.hex()},
                {"files", json_counts(result.baseline->counts)}};
  }
  Json dirty = Json::array();
  for (const std::string& path : result.dirty) dirty.push_back(json_path(path));
  return {{"session", result.session},
          {"name", text_or_null(result.name)},
          {"branch", result.branch},
          {"records", result.state_directory.empty() ? "private" : "tracked"},
          {"state_directory", text_or_null(result.state_directory)},
          {"session_start_ref", json_id(result.start_ref)},
          {"plan_items", result.plan_items},
          {"baseline", baseline},
          {"dirty", dirty},
          {"warnings", result.warnings}};
}

void print_result(const workflow::StartResult& result, const Style& style) {
  const std::string from =
      result.start_ref ? " at " + result.start_ref->abbreviated() : ", without a commit yet";
  print_line("session " + report::paint(result.session, report::Tone::Bold, style.colour) +
             " is open on " + result.branch + from);
  if (!result.state_directory.empty())
    print_line("  state      '" + result.state_directory + "/STATE.md'");
  if (result.plan_items > 0) print_line("  plan       " + plural(result.plan_items, "item"));
  if (result.baseline) {
    print_line("  baseline   " + describe(result.baseline->counts) + " in " +
               short_name(result.baseline->ref, result.session));
  }
}

void advise(const workflow::StartResult& result) {
  if (!result.dirty.empty()) {
    hint(plural(result.dirty.size(), "file") + (result.dirty.size() == 1 ? " was" : " were") +
         " dirty already; what stays as it is there is not this session's");
  }
  hint("'git session status' shows how far it is, 'git session close' closes it");
}

ExitCode run_start(const Invocation& invocation, const workflow::StartRequest& request) {
  const Common& common = invocation.common;
  const session::Workspace workspace = session::open_workspace(common.selection);
  const workflow::StartResult result = workflow::start(workspace, request, SystemClock());
  if (!common.quiet) {
    for (const std::string& text : workspace.config.warnings()) warning(text);
    for (const std::string& text : result.warnings) warning(text);
  }
  if (common.json) {
    print_json("start", to_json(result));
  } else if (!common.quiet) {
    print_result(result, detect_style(workspace.git_config));
    advise(result);
  }
  return ExitCode::Done;
}

}  // namespace

void add_start(CLI::App& app, Invocation& invocation) {
  const auto request = std::make_shared<workflow::StartRequest>();
  app.add_option("--type", request->type, "Type of the session: feature, deep or housekeeping")
      ->type_name("TYPE")
      ->check(one_of({"feature", "deep", "housekeeping"}));
  app.add_option("--title", request->title, "What the session is about")->type_name("TITLE");
  app.add_option("--name", request->name, "A name for it, which --session takes")
      ->type_name("NAME");
  app.add_option("--issue", request->issues, "Number of an issue to work on; may be repeated")
      ->type_name("N")
      ->check(whole_number(1, kHighestIssue))
      ->allow_extra_args(false);
  app.add_option("--plan", request->plan, "File with the session's plan, in TOML")
      ->type_name("FILE");
  app.add_option("--scope", request->scope, "Pattern of files to work on; may be repeated")
      ->type_name("PATTERN")
      ->allow_extra_args(false);
  app.callback([&invocation, request] {
    invocation.run = [&invocation, request] { return run_start(invocation, *request); };
  });
}

}  // namespace gs::cli
