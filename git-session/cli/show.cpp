#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "cli/usage.h"
#include "report/figures.h"
#include "workflow/past_sessions.h"

namespace gs::cli {
namespace {

struct ShowOptions {
  std::string session;
  std::string format = "text";
};

// All that a record says.
void print_record(const workflow::PastSession& session, const Style& style) {
  const report::PastLine line = workflow::line_of(session);
  const report::Report& known = line.report;
  if (!known.title.empty())
    print_line(report::paint(report::one_line(known.title), report::Tone::Bold, style.colour));
  std::vector<std::string> facts{known.session, known.type, known.branch,
                                 report::duration_figure(known),
                                 plural(known.files_changed, "file")};
  std::erase(facts, "");
  print_line(report::hang(report::one_line(join(facts, " · ")), style.columns, 2));
  if (line.planned > 0)
    print_line(std::to_string(line.done) + " of " + plural(line.planned, "planned item") + " done");
}

ExitCode run_show(const Invocation& invocation, const ShowOptions& options) {
  session::Selection selection = invocation.common.selection;
  selection.may_be_over = true;
  const session::Workspace workspace = session::open_workspace(selection);
  const workflow::PastSession session = workflow::find_past_session(
      workspace, options.session.empty() ? selection.session.value_or("") : options.session);
  const workflow::SavedReport saved = workflow::saved_report(session);
  if (invocation.common.json || options.format == "json") {
    print_json("show", {{"session", session.id},
                        {"status", session.status},
                        {"report", saved.is_whole ? report::to_json(saved.report) : Json()},
                        {"plan", saved.plan.empty() ? Json() : Json(saved.plan)},
                        {"record", session.record}});
    return ExitCode::Done;
  }
  const Style style = detect_style(workspace.git_config);
  if (options.format != "html" && !saved.is_whole) {
    print_record(session, style);
  } else if (options.format == "md") {
    print(report::render_markdown(saved.report));
  } else if (options.format == "html") {
    print(report::render_html(workflow::project_name(workspace), workflow::line_of(session)));
  } else {
    print(report::render_text(saved.report, style.colour, style.columns));
  }
  if (invocation.common.quiet) return ExitCode::Done;
  if (session.status == "abandoned") {
    hint("the session was abandoned: it ended without a close");
  } else if (!saved.is_whole) {
    hint("the report of its close is not in this clone: only its record is");
  }
  return ExitCode::Done;
}

}  // namespace

void add_show(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<ShowOptions>();
  app.add_option("session", options->session,
                 "Session that has ended, by its id or the beginning of it; else the newest")
      ->type_name("SESSION");
  app.add_option("--format", options->format, "How it is printed: text, md, html or json")
      ->type_name("FORMAT")
      ->check(one_of({"text", "md", "html", "json"}));
  app.callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run_show(invocation, *options); };
  });
}

}  // namespace gs::cli
