#include <algorithm>
#include <memory>

#include "base/ascii.h"
#include "base/text.h"
#include "checks/secrets/secrets.h"
#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/terminal.h"
#include "cli/usage.h"
#include "git/typed_path.h"
#include "report/figures.h"
#include "session/trust.h"
#include "tracker/select.h"
#include "workflow/active_session.h"

namespace gs::cli {
namespace {

using report::one_line;

// As one types it here; whole where the file is elsewhere.
std::string path_from_here(const git::Repository& repository, const FilePlace& file) {
  if (file.bytes().empty()) return "";
  const std::string top = repository.work_tree() + "/";
  const bool is_below = file.bytes().starts_with(top);
  if (!file.inside() && !is_below) return file.quoted();
  return quote_path(git::relative_path(is_below ? file.bytes().substr(top.size()) : file.bytes(),
                                       repository.prefix()));
}

struct IssueOptions {
  bool all = false;
  std::size_t limit = 50;
  std::string number;
  std::string title, body, comment;
  std::vector<std::string> labels;
  std::string priority = "medium";
  bool not_planned = false;
};

long number_of(const std::string& text) {
  const std::string_view digits = std::string_view(text).substr(text.starts_with('#') ? 1 : 0);
  const bool good =
      !digits.empty() && digits.size() < 10 && std::all_of(digits.begin(), digits.end(), is_digit);
  if (!good) throw usage_error("'" + text + "' is not an issue's number");
  return std::stol(std::string(digits));
}

std::string name_of_tracker(const session::Workspace& workspace) {
  tracker::Selection selection = tracker::select_tracker(workspace);
  if (selection.name == "none") {
    throw refused("there is no tracker: vcs is none")
        .with_hint("'git session config vcs local' keeps issues in the repository");
  }
  const auto host = tracker::unknown_host(workspace);
  if (host && !workspace.config.trusts_always() &&
      !session::Trust(workspace.repository).knows(*host)) {
    throw refused("issues would go to '" + host->text +
                  "', which nothing but files of the repository names")
        .with_hint("if it is yours: git config session.vcs " + selection.name);
  }
  return std::move(selection.name);
}

std::unique_ptr<tracker::Tracker> tracker_in_use(const session::Workspace& workspace) {
  return tracker::open_tracker(workspace, name_of_tracker(workspace), SystemClock().now());
}

// Local issues stay locked until the end of the command.
struct TrackerToChange {
  std::optional<FileLock> lock;
  std::unique_ptr<tracker::Tracker> tracker;
};
TrackerToChange tracker_to_change(const session::Workspace& workspace) {
  TrackerToChange opened;
  const std::string name = name_of_tracker(workspace);
  if (name == "local") opened.lock = tracker::lock_local_issues(workspace.repository);
  opened.tracker = tracker::open_tracker(workspace, name, SystemClock().now());
  return opened;
}

tracker::Issue issue_of(tracker::Tracker& tracker, long number) {
  std::optional<tracker::Issue> issue = tracker.find(number);
  if (!issue) {
    throw refused(std::string(tracker.name()) + " has no issue #" + std::to_string(number))
        .with_hint("'git session issue list --all' shows them");
  }
  return std::move(*issue);
}

Json to_json(const tracker::Issue& issue) {
  return {{"reference", "#" + std::to_string(issue.id)},
          {"title", issue.title},
          {"state", issue.open ? "open" : "closed"},
          {"labels", issue.labels},
          {"priority", text_or_null(issue.priority)},
          {"milestone", text_or_null(issue.milestone)},
          {"url", text_or_null(issue.url)},
          {"file", issue.file.bytes().empty() ? Json() : Json(json_path(issue.file.bytes()))}};
}

void print_issue(const tracker::Issue& issue, const Style& style) {
  const std::string state = issue.open ? "open" : "closed";
  const report::Tone tone = issue.open ? report::Tone::Good : report::Tone::Dim;
  const std::string reference = "#" + std::to_string(issue.id);
  print_line(report::pad(reference, 6) + " " +
             report::paint(report::pad(state, 6), tone, style.colour) + "  " +
             one_line(issue.title) +
             (issue.labels.empty() ? "" : "  (" + one_line(join(issue.labels, ", ")) + ")"));
}

void print_text(const std::string& text) {
  const std::string shown = tracker::without_markers(text);
  for (const std::string_view line : split_lines(trim(shown))) print_line("  " + std::string(line));
}

void report_remarks(tracker::Tracker& tracker) {
  for (const std::string& remark : tracker.take_remarks()) warning(remark);
}

ExitCode run_list(const Common& common, const IssueOptions& options) {
  const session::Workspace workspace = session::open_workspace(common.selection);
  const auto tracker = tracker_in_use(workspace);
  report_remarks(*tracker);
  using State = tracker::Filter::State;
  const std::vector<tracker::Issue> issues =
      tracker->list({options.all ? State::All : State::Open, "", options.limit});
  if (common.json) {
    Json list = Json::array();
    for (const tracker::Issue& issue : issues) list.push_back(to_json(issue));
    print_json("issue-list", {{"tracker", tracker->name()}, {"issues", list}});
    return ExitCode::Done;
  }
  const Style style = detect_style(workspace.git_config);
  for (const tracker::Issue& issue : issues) print_issue(issue, style);
  if (issues.empty() && !common.quiet) print_line(options.all ? "no issues" : "no open issues");
  return ExitCode::Done;
}

ExitCode show_issue(const Common& common, const IssueOptions& options) {
  const session::Workspace workspace = session::open_workspace(common.selection);
  const auto tracker = tracker_in_use(workspace);
  const long number = number_of(options.number);
  report_remarks(*tracker);
  const tracker::Issue issue = issue_of(*tracker, number);
  if (common.json) {
    Json shown = to_json(issue);
    shown["body"] = tracker::without_markers(issue.body);
    shown["comments"] = Json::array();
    for (const std::string& comment : issue.comments)
      shown["comments"].push_back(tracker::without_markers(comment));
    print_json("issue-show", {{"tracker", tracker->name()}, {"issue", shown}});
    return ExitCode::Done;
  }
  print_issue(issue, detect_style(workspace.git_config));
  const std::string place = issue.url.empty() ? issue.file.quoted() : one_line(issue.url);
  if (!place.empty()) print_line("  " + place);
  print_line("");
  print_text(issue.body);
  for (const std::string& comment : issue.comments) {
    print_line("");
    print_text(comment);
  }
  return ExitCode::Done;
}

std::string active_session(const session::Workspace& workspace) {
  try {
    const auto active = workflow::find_active_session(workspace);
    return active ? active->id : "";
  } catch (const Error&) {
    return "";  // the issue may be about the broken session
  }
}

// An open issue with exactly this title.
std::optional<tracker::Issue> same_title(tracker::Tracker& tracker, const std::string& title) {
  for (const tracker::Issue& issue : tracker.list({tracker::Filter::State::Open, title, 100}))
    if (issue.title == title) return issue;
  return std::nullopt;
}

// A tracker keeps what it was told, and mails it on.
void refuse_secret(const std::string& text, const std::string& what) {
  const std::vector<session::Finding> found = checks::find_secrets_in_text(text, "in " + what);
  if (found.empty()) return;
  throw refused(found.front().title + ": " + found.front().detail)
      .with_hint(
          "leave it out, and revoke it where it has left this machine; a line that is fine "
          "says so itself: 'gitleaks:allow'");
}

ExitCode run_create(const Common& common, const IssueOptions& options) {
  if (trim(options.title).empty()) throw usage_error("the title of --title is empty");
  refuse_secret(options.title, "the title");
  refuse_secret(options.body, "the body");
  for (const std::string& label : options.labels) refuse_secret(label, "a label");
  const session::Workspace workspace = session::open_workspace(common.selection);
  const auto [lock, tracker] = tracker_to_change(workspace);
  std::optional<tracker::Issue> issue = same_title(*tracker, options.title);
  const bool created = !issue;
  if (created) {
    tracker::NewIssue wanted;
    wanted.title = options.title;
    wanted.body = options.body;
    wanted.labels = {"priority:" + options.priority, "status:ready"};
    wanted.labels.insert(wanted.labels.end(), options.labels.begin(), options.labels.end());
    wanted.priority = options.priority;
    wanted.session = active_session(workspace);
    wanted.origin = "manual";
    wanted.occasion = format_utc(SystemClock().now());
    issue = tracker->create(wanted, "");
    tracker->save();
  }
  report_remarks(*tracker);
  if (common.json) {
    print_json("issue-create",
               {{"tracker", tracker->name()}, {"created", created}, {"issue", to_json(*issue)}});
  } else if (!common.quiet) {
    const std::string place = issue->url.empty() ? path_from_here(workspace.repository, issue->file)
                                                 : one_line(issue->url);
    print_line((created ? "filed #" : "already filed: #") + std::to_string(issue->id) +
               (place.empty() ? "" : "  " + place));
  }
  return ExitCode::Done;
}

ExitCode run_close(const Common& common, const IssueOptions& options) {
  refuse_secret(options.comment, "the comment");
  const session::Workspace workspace = session::open_workspace(common.selection);
  const auto [lock, tracker] = tracker_to_change(workspace);
  const long number = number_of(options.number);
  report_remarks(*tracker);
  tracker::Issue issue = issue_of(*tracker, number);
  const bool closed = issue.open;
  if (closed) {
    if (!trim(options.comment).empty()) tracker->comment(number, options.comment);
    tracker->close(number, options.not_planned ? tracker::Resolution::NotPlanned
                                               : tracker::Resolution::Completed);
    tracker->save();
    issue.open = false;
  }
  if (common.json) {
    print_json("issue-close",
               {{"tracker", tracker->name()}, {"closed", closed}, {"issue", to_json(issue)}});
  } else if (!common.quiet) {
    print_line((closed ? "closed #" : "closed already: #") + std::to_string(number) + "  " +
               one_line(issue.title));
  }
  return ExitCode::Done;
}

using Run = ExitCode (*)(const Common&, const IssueOptions&);

CLI::App* add_verb(CLI::App& app, Invocation& invocation,
                   const std::shared_ptr<IssueOptions>& options, const char* name,
                   const char* summary, Run run) {
  CLI::App* verb = app.add_subcommand(name, summary);
  add_common_options(*verb, invocation);
  verb->callback([&invocation, options, run] {
    invocation.run = [&invocation, options, run] { return run(invocation.common, *options); };
  });
  return verb;
}

void add_number(CLI::App& app, const std::shared_ptr<IssueOptions>& options) {
  app.add_option("number", options->number, "Number of the issue")->type_name("N")->required();
}

}  // namespace

void add_issue(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<IssueOptions>();
  app.require_subcommand(0, 1);
  CLI::App* list =
      add_verb(app, invocation, options, "list", "List issues, the newest first", run_list);
  // Without a verb it lists, too.
  for (CLI::App* lists : {&app, list}) {
    lists->add_flag("--all", options->all, "List closed issues too");
    lists->add_option("--limit", options->limit, "Most issues to list (50)")
        ->type_name("N")
        ->check(whole_number(1, 1000));
  }
  app.callback([&app, &invocation, options] {
    if (app.get_subcommands().empty())
      invocation.run = [&invocation, options] { return run_list(invocation.common, *options); };
  });
  add_number(*add_verb(app, invocation, options, "show", "Show an issue", show_issue), options);
  CLI::App* create = add_verb(app, invocation, options, "create", "File an issue", run_create);
  create->add_option("title,--title", options->title, "Title of the issue")
      ->type_name("TITLE")
      ->required();
  create->add_option("--body", options->body, "Text of the issue")->type_name("TEXT");
  create->add_option("--label", options->labels, "Label of the issue; may be repeated")
      ->type_name("LABEL")
      ->allow_extra_args(false);
  create->add_option("--priority", options->priority, "critical, high, medium or low ('medium')")
      ->type_name("PRIORITY")
      ->check(one_of({"critical", "high", "medium", "low"}));
  CLI::App* close = add_verb(app, invocation, options, "close", "Close an issue", run_close);
  add_number(*close, options);
  close->add_option("-m,--message", options->comment, "Comment to leave first")->type_name("TEXT");
  close->add_flag("--not-planned", options->not_planned, "Close it as not planned");
}

}  // namespace gs::cli
