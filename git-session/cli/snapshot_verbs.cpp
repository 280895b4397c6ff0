#include "cli/snapshot_verbs.h"

#include <algorithm>
#include <memory>
#include <set>

#include "base/text.h"
#include "cli/json_values.h"
#include "cli/terminal.h"
#include "session/baseline.h"
#include "snapshot/sizes.h"
#include "snapshot/store.h"
#include "workflow/active_session.h"

namespace gs::cli {
namespace {

struct ListOptions {
  bool all = false;
};

struct SnapshotShowOptions {
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

struct Held {
  std::string counts;
  std::vector<std::string> names;
};

Held held_by(const git::Repository& repository, const snapshot::Snapshot& snapshot) {
  try {
    const snapshot::Content content = snapshot::content(repository, snapshot);
    std::set<RepoPath> changed;
    for (const auto* list : {&content.staged, &content.unstaged})
      for (const snapshot::FileChange& change : *list) changed.insert(change.path);
    snapshot::Counts counts;
    counts.changed = changed.size();
    counts.untracked = content.untracked.size();
    Held held{describe(counts), {}};
    if (held.counts.empty()) held.counts = "nothing dirty";
    if (snapshot.name.label == session::kBaselineLabel) held.counts = "at the start";
    for (const RepoPath& path : changed) held.names.push_back(path.quoted());
    for (const RepoPath& path : content.untracked) held.names.push_back(path.quoted());
    return held;
  } catch (const Error&) {
    return {"unreadable", {}};
  }
}

// As many as there is room for, and the number of the others.
std::string names_that_fit(const std::vector<std::string>& names, std::size_t columns) {
  constexpr std::size_t kMost = 12;  // also where nothing limits the width
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i == kMost) return text + " +" + std::to_string(names.size() - i);
    const std::string rest =
        i + 1 < names.size() ? " +" + std::to_string(names.size() - i - 1) : "";
    const std::string more = (text.empty() ? "" : " ") + names[i];
    if (report::display_width(text + more + rest) > columns) {
      return text.empty() ? report::fit(names[i], columns)
                          : text + " +" + std::to_string(names.size() - i);
    }
    text += more;
  }
  return text;
}

void print_table(const git::Repository& repository, const std::vector<snapshot::Snapshot>& rows,
                 const std::string& own_session, const Style& style) {
  constexpr std::size_t kMostLookedInto = 200;
  const Timestamp now = SystemClock().now();
  std::vector<Held> held;
  std::size_t name_width = 0;
  std::size_t time_width = 0;
  std::size_t counts_width = 0;
  for (const snapshot::Snapshot& row : rows) {
    held.push_back(held.size() < kMostLookedInto ? held_by(repository, row) : Held{});
    name_width = std::max(name_width, report::display_width(short_name(row.ref, own_session)));
    time_width = std::max(time_width, short_time(row.created_at, now).size());
    counts_width = std::max(counts_width, held.back().counts.size());
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string name = report::pad(short_name(rows[i].ref, own_session), name_width);
    const std::string time = report::pad(short_time(rows[i].created_at, now), time_width);
    const std::size_t taken = name_width + time_width + counts_width + 6;
    const std::size_t left = style.columns > taken + 14 ? style.columns - taken : 14;
    std::string text =
        report::pad(held[i].counts, counts_width) + "  " + names_that_fit(held[i].names, left);
    while (text.ends_with(' ')) text.pop_back();
    print_line(name + "  " + report::paint(time, report::Tone::Dim, style.colour) + "  " + text);
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
    snapshot::Sizes sizes = snapshot::Sizes::of_all(workspace.repository);
    sizes.narrow(workspace.repository);
    Json snapshots = Json::array();
    for (const snapshot::Snapshot& snapshot : listing.snapshots) {
      Json fields = json_snapshot(snapshot);
      fields["bytes"] = sizes.held_by(snapshot.oid);
      snapshots.push_back(std::move(fields));
    }
    print_json("snapshot-list", {{"snapshots", snapshots},
                                 {"ignored", listing.ignored},
                                 {"bytes", sizes.total()},
                                 {"max_total", workspace.config.size("snapshot-max-total")}});
    return ExitCode::Done;
  }
  print_table(workspace.repository, listing.snapshots, own_session(workspace),
              detect_style(workspace.git_config));
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
  for (const RepoPath& path : content.untracked)
    fields["untracked"].push_back(json_path(path.bytes()));
  fields["unmerged"] = Json::array();
  for (const RepoPath& path : content.unmerged)
    fields["unmerged"].push_back(json_path(path.bytes()));
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

void print_paths(std::string_view title, const std::string& mark,
                 const std::vector<RepoPath>& paths, const Style& style) {
  if (paths.empty()) return;
  print_line("\n" + std::string(title));
  for (const RepoPath& path : paths)
    print_line("  " + report::paint(mark, report::Tone::Bad, style.colour) + "  " + path.quoted());
}

void print_content(const git::Repository& repository, const snapshot::Snapshot& snapshot,
                   const snapshot::Content& content, const Style& style) {
  const std::string name = snapshot.ref.empty() ? snapshot.oid.hex() : short_name(snapshot.ref);
  print_line(report::paint(name, report::Tone::Bold, style.colour) + "  " +
             format_age(SystemClock().now() - snapshot.created_at));
  print_line(report::fit(base_of(repository, snapshot), style.columns));
  print_changes("Staged", content.staged, report::Tone::Good, style);
  print_changes("Not staged", content.unstaged, report::Tone::Bad, style);
  print_paths("Unmerged", "U", content.unmerged, style);
  print_paths("Untracked", "?", content.untracked, style);
}

ExitCode show_snapshot(const Invocation& invocation, const SnapshotShowOptions& options) {
  const session::Workspace workspace = open_for_snapshots(invocation.common);
  const git::Repository& repository = workspace.repository;
  const snapshot::Snapshot snapshot = find_snapshot(workspace, invocation.common, options.name);
  if (!invocation.common.json && (options.stat || options.patch)) {
    return show_by_git(repository, snapshot, options.stat);
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

snapshot::Snapshot find_snapshot(const session::Workspace& workspace, const Common& common,
                                 const std::string& typed) {
  const auto session = session_of_names(workspace, common);
  if (!typed.empty()) return snapshot::find(workspace.repository, typed, session);
  auto newest = session ? snapshot::newest(workspace.repository, *session) : std::nullopt;
  if (!newest) {
    throw refused(session ? "session '" + *session + "' has no snapshot" : "which snapshot?")
        .with_hint("'git session snapshot list --all' shows what there is");
  }
  return *std::move(newest);
}

std::string own_session(const session::Workspace& workspace) {
  try {
    const auto active = workflow::find_active_session(workspace);
    return active ? active->id : "";
  } catch (const Error&) {
    return "";
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
  const auto options = std::make_shared<SnapshotShowOptions>();
  app.add_option("snap", options->name, "Snapshot to show (the newest)")->type_name("SNAP");
  app.add_flag("--stat", options->stat, "Show how much each file changed");
  app.add_flag("-p,--patch", options->patch, "Show the changes as a patch");
  app.callback([&invocation, options] {
    invocation.run = [&invocation, options] { return show_snapshot(invocation, *options); };
  });
}

}  // namespace gs::cli
