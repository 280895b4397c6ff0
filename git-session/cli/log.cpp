#include <algorithm>
#include <memory>

#include "base/file/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/terminal.h"
#include "cli/usage.h"
#include "report/figures.h"
#include "workflow/past_sessions.h"

namespace gs::cli {
namespace {

struct LogOptions {
  long most = 20;
  std::string gate;
  std::string html;
};

struct Row {
  std::string id, when, took, done, commits, title;
};

// "1 of 3 done"; "" where nothing was planned.
std::string done_of(const report::Report& report) {
  const std::size_t planned = report.completed.size() + report.carried_over.size();
  if (planned == 0) return "";
  return std::to_string(report.completed.size()) + " of " + std::to_string(planned) + " done";
}

// "23:05" of today, else with its day.
std::string day_and_time(Timestamp time, Timestamp now) {
  const std::string day = format_local_day(time);
  const std::string clock = format_local_hhmm(time).insert(2, ":");
  return day == format_local_day(now) ? clock : day + " " + clock;
}

Row row_of(const workflow::PastSession& session, Timestamp now) {
  const report::Report report = workflow::saved_report(session).report;
  Row row{session.id,
          day_and_time(session.completed_at, now),
          report::duration_figure(report),
          done_of(report),
          report.commits.empty() ? "" : plural(report.commits.size(), "commit"),
          report::one_line(report.title)};
  if (session.status == "abandoned") row.done = "abandoned";
  return row;
}

// The title first; below it what there is no room for beside it.
void print_rows(std::vector<Row> rows, const Style& style) {
  const bool is_for_person = style.columns != report::kUnlimited;
  if (is_for_person && !rows.empty())
    rows.insert(rows.begin(), {"Session", "Ended", "Took", "Plan", "Commits", "Title"});
  const auto widest = [&](std::string Row::*field) {
    std::size_t width = 0;
    for (std::size_t i = is_for_person ? 1 : 0; i < rows.size(); ++i)
      width = std::max(width, report::display_width(rows[i].*field));
    return width == 0 ? 0 : std::max(width, is_for_person ? (rows[0].*field).size() : width);
  };
  constexpr std::size_t kLongestId = 40;
  const std::size_t id = std::min(widest(&Row::id), kLongestId);
  const std::size_t title = widest(&Row::title);
  std::vector<std::pair<std::string Row::*, std::size_t>> columns;
  for (std::string Row::*const field : {&Row::when, &Row::took, &Row::done, &Row::commits}) {
    if (const std::size_t width = widest(field); width > 0) columns.emplace_back(field, width);
  }
  std::size_t taken = id;
  for (const auto& [field, width] : columns) taken += 2 + width;
  const bool beside = style.columns >= taken + 22;
  const std::size_t room =
      is_for_person && beside ? std::min(title, style.columns - taken - 2) : title;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    const bool is_heading = is_for_person && i == 0;
    const report::Tone tone = is_heading ? report::Tone::Dim : report::Tone::Bold;
    std::string facts = report::pad(report::fit(row.id, id), id);
    for (const auto& [field, width] : columns) facts += "  " + report::pad(row.*field, width);
    while (facts.ends_with(' ')) facts.pop_back();
    if (beside) {
      const std::string name = report::pad(report::fit(row.title, room), room);
      print_line(report::paint(name, tone, style.colour) + (room > 0 ? "  " : "") +
                 report::paint(facts, report::Tone::Dim, style.colour));
      continue;
    }
    if (is_heading) continue;
    if (!row.title.empty())
      print_line(report::paint(report::fit(row.title, style.columns), tone, style.colour));
    print_line((row.title.empty() ? "" : "  ") +
               report::paint(facts, report::Tone::Dim, style.colour));
  }
}

ExitCode run_gate_log(const Invocation& invocation, const std::string& gate) {
  const Common& common = invocation.common;
  session::Selection selection = common.selection;
  const std::string session = selection.session.value_or("");
  selection.may_be_over = true;
  const session::Workspace workspace = session::open_workspace(selection);
  const std::string output = workflow::gate_output(workspace, gate, session);
  if (common.json) {
    print_json("log-gate", {{"gate", gate}, {"output", output}});
  } else {
    print(output);
  }
  return ExitCode::Done;
}

ExitCode run_page(const Invocation& invocation, const std::string& file) {
  const Common& common = invocation.common;
  const session::Workspace workspace = session::open_workspace(common.selection);
  const report::History history = workflow::history(workspace, SystemClock().now());
  const bool replaces = file_info(file).has_value();
  write_file_atomically(file, report::render_html(history));
  if (common.json) {
    print_json("log-html", {{"file", json_path(file)}, {"sessions", history.sessions.size()}});
  } else if (!common.quiet) {
    print_line(plural(history.sessions.size(), "session") + " written to '" + file + "'" +
               (replaces ? ", in place of what was there" : ""));
  }
  return ExitCode::Done;
}

ExitCode run_log(const Invocation& invocation, const LogOptions& options) {
  const Common& common = invocation.common;
  const session::Workspace workspace = session::open_workspace(common.selection);
  const workflow::PastSessions past = workflow::past_sessions(workspace);
  const std::size_t shown = std::min(static_cast<std::size_t>(options.most), past.sessions.size());
  if (common.json) {
    Json sessions = Json::array();
    for (std::size_t i = 0; i < shown; ++i) {
      const workflow::PastSession& session = past.sessions[i];
      sessions.push_back({{"session", session.id},
                          {"status", session.status},
                          {"started_at", format_utc(session.started_at)},
                          {"completed_at", format_utc(session.completed_at)},
                          {"has_report", !session.report_file.empty()},
                          {"record", session.record}});
    }
    print_json(
        "log",
        {{"sessions", sessions}, {"total", past.sessions.size()}, {"unreadable", past.unreadable}});
    return ExitCode::Done;
  }
  const Timestamp now = SystemClock().now();
  std::vector<Row> rows;
  rows.reserve(shown);
  for (std::size_t i = 0; i < shown; ++i) rows.push_back(row_of(past.sessions[i], now));
  print_rows(rows, detect_style(workspace.git_config));
  if (common.quiet) return ExitCode::Done;
  if (past.unreadable > 0) warning(plural(past.unreadable, "record") + " could not be read");
  if (past.sessions.empty()) {
    hint("no session has ended here yet");
  } else if (shown < past.sessions.size()) {
    hint(std::to_string(past.sessions.size() - shown) + " older ones: git session log -n " +
         std::to_string(past.sessions.size()));
  }
  return ExitCode::Done;
}

}  // namespace

void add_log(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<LogOptions>();
  app.add_option("-n", options->most, "How many of them, the newest first (20)")
      ->type_name("N")
      ->check(whole_number(1, 1'000'000));
  app.add_option("--gate", options->gate,
                 "Print the whole output of a gate (typecheck, test, lint) in the last close")
      ->type_name("NAME");
  app.add_option("--html", options->html, "Write all of them to FILE, as a page for a browser")
      ->type_name("FILE")
      ->excludes("--gate")
      ->excludes("-n");
  app.callback([&invocation, options] {
    invocation.run = [&invocation, options] {
      if (!options->html.empty()) return run_page(invocation, options->html);
      return options->gate.empty() ? run_log(invocation, *options)
                                   : run_gate_log(invocation, options->gate);
    };
  });
}

}  // namespace gs::cli
