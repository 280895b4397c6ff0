#include "workflow/start.h"

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/terminal.h"
#include "cli/usage.h"
#include "report/figures.h"
#include "session/baseline.h"
#include "session/home.h"

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
  Json carried_over = Json::array();
  for (const tracker::Issue& issue : result.carried_over)
    carried_over.push_back({{"number", issue.id}, {"title", issue.title}});
  std::vector<std::string> warnings = result.warnings;
  for (const workflow::PatternAdvice& advice : result.advice)
    warnings.push_back(workflow::describe(advice));
  return {{"session", result.session},
          {"title", text_or_null(result.title)},
          {"name", text_or_null(result.name)},
          {"branch", result.branch},
          {"records", result.state_directory.empty() ? "private" : "tracked"},
          {"state_directory", text_or_null(result.state_directory)},
          {"session_start_ref", session::id_to_json(result.start_ref)},
          {"plan_items", result.plan_items},
          {"baseline", baseline},
          {"dirty", dirty},
          {"carried_over", carried_over},
          {"warnings", warnings}};
}

constexpr std::size_t kMostNamed = 4;

class StartPage {
 public:
  StartPage(const workflow::StartResult& result, const Style& style)
      : result_(result), style_(style) {}

  void print() const {
    head();
    patterns();
    const std::size_t dirty = result_.dirty.size();
    if (dirty > 0) {
      std::vector<std::string> names;
      for (const std::string& path : result_.dirty) names.push_back(quote_path(path));
      line(plural(dirty, "uncommitted file") + (dirty == 1 ? " is" : " are") +
           " not yours: " + join_some(names, kMostNamed));
    }
    if (!result_.name.empty())
      line("'--session " + result_.name + "' or 'export GIT_SESSION=" + result_.name +
           "' says that it is meant.");
    if (const std::size_t issues = result_.carried_over.size(); issues > 0) {
      std::vector<std::string> names;
      for (const tracker::Issue& issue : result_.carried_over)
        names.push_back("#" + std::to_string(issue.id) + " " +
                        report::one_line(tracker::without_carryover(issue.title)));
      line(plural(issues, "issue") + " carried over: " + join_some(names, kMostNamed));
    }
  }

 private:
  void line(std::string_view text) const {
    print_line("  " + report::hang(text, style_.columns, 4));
  }

  void head() const {
    std::string where = result_.branch.empty() ? "a detached HEAD" : result_.branch;
    where += result_.start_ref ? " (" + result_.start_ref->abbreviated() + ")"
                               : ", which has no commit yet";
    const std::string title =
        result_.title.empty() ? result_.session : "\"" + report::one_line(result_.title) + "\"";
    print_line(report::hang("Started " + report::paint(title, report::Tone::Bold, style_.colour) +
                                " on " + report::one_line(where),
                            style_.columns, 2));
    if (result_.plan_items > 0 || !result_.advice.empty() || !result_.dirty.empty() ||
        !result_.name.empty() || !result_.carried_over.empty())
      print_line("");
  }

  void patterns() const {
    const std::vector<workflow::PatternAdvice>& missing = result_.advice;
    std::string text = result_.plan_items > 0 ? plural(result_.plan_items, "item") + "." : "";
    if (!missing.empty())
      text += (text.empty() ? "" : " ") + std::string("No such file yet, check ") +
              (missing.size() == 1 ? "this pattern:" : "these patterns:");
    if (!text.empty()) line(text);
    std::size_t width = 0;
    for (const workflow::PatternAdvice& advice : missing)
      width = std::max(width, report::display_width(quote_path(advice.pattern)));
    width = std::min(width, style_.columns / 2);
    for (const workflow::PatternAdvice& advice : missing) {
      const std::string start = "    " + report::pad(quote_path(advice.pattern), width) + "  ";
      print_line(start + report::hang(advice.advice, style_.columns, 6));
    }
    if (missing.empty()) return;
    line(result_.plan_items > 0 ? "Correct them with 'git session plan edit'."
                                : "Correct them with 'git session scope set PATTERN…'.");
  }

  const workflow::StartResult& result_;
  const Style& style_;
};

// What `init` has written belongs to no session.
void advise_commit(const workflow::StartResult& result) {
  std::string files;
  for (const std::string& path : result.dirty) {
    if (path == ".git-session.toml" || path == session::kBootstrapLock) files += " " + path;
  }
  if (!files.empty())
    hint("commit the set-up first: git add" + files +
         " && git commit -m 'chore: set up git session'");
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
    StartPage(result, detect_style(workspace.git_config)).print();
    advise_commit(result);
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
