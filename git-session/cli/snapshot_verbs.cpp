#include "cli/snapshot_verbs.h"

#include <algorithm>
#include <csignal>
#include <memory>

#include "base/text.h"
#include "cli/json_values.h"
#include "cli/terminal.h"
#include "snapshot/store.h"
#include "workflow/active_session.h"

namespace gs::cli {
namespace {

struct ListOptions {
  bool all = false;
};

struct ShowOptions {
  std::string name;
  bool stat = false;
  bool patch = false;
};

// "on 1a2b3c4d5e fix: the subject", cut to the rest of the line.
std::string base_of(const git::Repository& repository, const snapshot::Snapshot& snapshot) {
  if (snapshot.base.is_null()) return "without a commit";
  const std::string id = snapshot.base.abbreviated();
  const auto known = repository.resolve_commit(snapshot.base.hex());
  if (!known) return "on " + id;
  return "on " + id + " " + repository.commit(*known).subject;
}

void print_table(const git::Repository& repository, const std::vector<snapshot::Snapshot>& rows,
                 const Style& style) {
  const Timestamp now = SystemClock().now();
  std::size_t name_width = 0;
  std::size_t age_width = 0;
  for (const snapshot::Snapshot& row : rows) {
    name_width = std::max(name_width, report::display_width(short_name(row.ref)));
    age_width = std::max(age_width, report::display_width(format_age(now - row.created_at)));
  }
  for (const snapshot::Snapshot& row : rows) {
    const std::string name = report::pad(short_name(row.ref), name_width);
    const std::string age = report::pad(format_age(now - row.created_at), age_width);
    const std::size_t taken = name_width + age_width + 4;
    const std::size_t left = style.columns > taken + 14 ? style.columns - taken : 14;
    print_line(name + "  " + report::paint(age, report::Tone::Dim, style.colour) + "  " +
               report::fit(base_of(repository, row), left));
  }
}

ExitCode run_list(const Invocation& invocation, const ListOptions& options) {
  const Common& common = invocation.common;
  if (options.all && common.selection.session)
    throw usage_error("--all and --session exclude each other");
  const session::Workspace workspace = open_for_snapshots(common);
  std::optional<std::string> session;
  if (!options.all) session = session_of_names(workspace, common);
  const snapshot::Listing listing = snapshot::list(workspace.repository, session);
  if (common.json) {
    Json snapshots = Json::array();
    for (const snapshot::Snapshot& snapshot : listing.snapshots) {
      snapshots.push_back(json_snapshot(snapshot));
    }
    print_json("snapshot-list", {{"snapshots", snapshots}, {"ignored", listing.ignored}});
    return ExitCode::Done;
  }
  print_table(workspace.repository, listing.snapshots, detect_style(workspace.git_config));
  if (common.quiet) return ExitCode::Done;
  for (const std::string& ref : listing.ignored) warning("'" + ref + "' is not a snapshot's name");
  if (listing.snapshots.empty()) {
    const std::string whose = session ? " of session '" + *session + "'" : std::string();
    hint("there are no snapshots" + whose + (session ? "; '--all' lists every session's" : ""));
  }
  return ExitCode::Done;
}

Json to_json(const std::vector<snapshot::FileChange>& changes) {
  Json list = Json::array();
  for (const snapshot::FileChange& change : changes) {
    list.push_back(
        {{"path", json_path(change.path.bytes())}, {"status", std::string(1, change.status)}});
  }
  return list;
}

Json to_json(const snapshot::Snapshot& snapshot, const snapshot::Content& content) {
  Json fields = json_snapshot(snapshot);
  fields["ref"] = text_or_null(snapshot.ref);
  fields["staged"] = to_json(content.staged);
  fields["unstaged"] = to_json(content.unstaged);
  fields["untracked"] = Json::array();
  for (const RepoPath& path : content.untracked) {
    fields["untracked"].push_back(json_path(path.bytes()));
  }
  return fields;
}

void print_changes(std::string_view title, const std::vector<snapshot::FileChange>& changes,
                   report::Tone tone, const Style& style) {
  if (changes.empty()) return;
  print_line("\n" + std::string(title));
  for (const snapshot::FileChange& change : changes) {
    const std::string status(1, change.status);
    print_line("  " + report::paint(status, tone, style.colour) + "  " + change.path.quoted());
  }
}

void print_content(const git::Repository& repository, const snapshot::Snapshot& snapshot,
                   const snapshot::Content& content, const Style& style) {
  const std::string name = snapshot.ref.empty() ? snapshot.oid.hex() : short_name(snapshot.ref);
  print_line(report::paint(name, report::Tone::Bold, style.colour) + "  " +
             format_age(SystemClock().now() - snapshot.created_at));
  print_line(report::fit(base_of(repository, snapshot), style.columns));
  print_changes("staged", content.staged, report::Tone::Good, style);
  print_changes("unstaged", content.unstaged, report::Tone::Bad, style);
  if (content.untracked.empty()) return;
  print_line("\nuntracked");
  for (const RepoPath& path : content.untracked) {
    print_line("  " + report::paint("?", report::Tone::Bad, style.colour) + "  " + path.quoted());
  }
}

// git itself prints the stat and the patch, in its colours, and a patch through its pager.
ExitCode show_by_git(const git::Repository& repository, const snapshot::Snapshot& snapshot,
                     const ShowOptions& options) {
  flush_output();
  std::vector<std::string> args = {"stash", "show", "--include-untracked"};
  if (options.stat) args.emplace_back("--stat");
  if (options.patch) args.emplace_back("-p");
  args.push_back(snapshot.oid.hex());
  ProcessOptions process;
  process.inherit_input = true;
  process.inherit_output = true;
  process.foreground = true;
  const ProcessResult result = repository.git().run(args, process);
  // A reader or pager that exits early is not a failure.
  if (result.ok() || result.signal == SIGPIPE || result.exit_status == 128 + SIGPIPE) {
    return ExitCode::Done;
  }
  throw fatal("'git stash show' ended with " + result.describe());
}

ExitCode run_show(const Invocation& invocation, const ShowOptions& options) {
  const session::Workspace workspace = open_for_snapshots(invocation.common);
  const git::Repository& repository = workspace.repository;
  const snapshot::Snapshot snapshot =
      snapshot::find(repository, options.name, session_of_names(workspace, invocation.common));
  if (!invocation.common.json && (options.stat || options.patch)) {
    return show_by_git(repository, snapshot, options);
  }
  const snapshot::Content content = snapshot::content(repository, snapshot);
  if (invocation.common.json) {
    print_json("snapshot-show", to_json(snapshot, content));
  } else {
    print_content(repository, snapshot, content, detect_style(workspace.git_config));
  }
  return ExitCode::Done;
}

}  // namespace

session::Workspace open_for_snapshots(const Common& common) {
  session::Selection selection = common.selection;
  selection.may_be_over = true;
  return session::open_workspace(selection);
}

std::optional<std::string> session_of_names(const session::Workspace& workspace,
                                            const Common& common) {
  if (!workspace.missing_session.empty()) return workspace.missing_session;
  try {
    const auto active = workflow::find_active_session(workspace);
    return active ? std::optional(active->id) : common.selection.session;
  } catch (const Error&) {
    return std::nullopt;  // snapshots must be reachable when something is broken
  }
}

void add_snapshot_list(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<ListOptions>();
  app.add_flag("--all", options->all, "List the snapshots of every session");
  app.callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run_list(invocation, *options); };
  });
}

void add_snapshot_show(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<ShowOptions>();
  app.add_option("snap", options->name, "Snapshot to show")->type_name("SNAP")->required();
  app.add_flag("--stat", options->stat, "Show how much each file changed");
  app.add_flag("-p,--patch", options->patch, "Show the changes as a patch");
  app.callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run_show(invocation, *options); };
  });
}

}  // namespace gs::cli
