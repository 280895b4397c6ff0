#include <algorithm>
#include <memory>

#include "base/text.h"
#include "cli/json_values.h"
#include "cli/restore_text.h"
#include "cli/snapshot_verbs.h"
#include "cli/terminal.h"
#include "snapshot/gc.h"
#include "workflow/restore_snapshot.h"

namespace gs::cli {
namespace {

using snapshot::Reason;

struct RestoreArguments {
  std::string name;
  workflow::RestoreOptions options;
  bool resume = false;
  bool abort = false;
};

Json to_json(const snapshot::RestoreResult& result, const snapshot::Snapshot& snapshot,
             bool dry_run) {
  return {{"ok", result.plan.in_the_way.empty()},
          {"snapshot", snapshot.ref.empty() ? snapshot.oid.hex() : snapshot.ref},
          {"dry_run", dry_run},
          {"saved", result.saved ? Json(result.saved->ref) : Json()},
          {"files", json_steps(result.plan.files)},
          {"index", json_steps(result.plan.index)},
          {"in_the_way", json_reasons(result.plan.in_the_way)},
          {"left", json_reasons(result.plan.left)},
          {"overwritten", json_reasons(result.plan.overwritten)},
          {"conflicts", json_paths(result.plan.conflicts)},
          {"moved", json_paths(result.moved)}};
}

ExitCode refuse(const snapshot::RestoreResult& result, bool force, const Style& style) {
  const std::vector<Reason>& reasons = result.plan.in_the_way;
  print_message("error: ", "nothing was restored: " + plural(reasons.size(), "path") +
                               (reasons.size() == 1 ? " is" : " are") + " in the way");
  print_reasons(reasons, style);
  const bool moved = std::any_of(reasons.begin(), reasons.end(),
                                 [](const Reason& reason) { return reason.mergeable; });
  if (moved) hint("--merge carries HEAD's changes into them");
  if (!force) hint("--force saves what is there, then overwrites what can be overwritten");
  return ExitCode::No;
}

void print_plan(const snapshot::RestorePlan& plan, const Style& style, bool verbose) {
  constexpr std::size_t kMost = 20;
  const std::size_t shown = verbose ? plan.files.size() : std::min(kMost, plan.files.size());
  for (std::size_t i = 0; i < shown; ++i) {
    print_line(
        "  " +
        report::paint(std::string(1, status_of(plan.files[i])), report::Tone::Good, style.colour) +
        "  " + plan.files[i].path.quoted());
  }
  if (shown < plan.files.size())
    print_line("  … and " + std::to_string(plan.files.size() - shown) + " more (-v shows all)");
}

void print_left(const std::string& title, const std::vector<Reason>& reasons, const Style& style) {
  if (reasons.empty()) return;
  print_error("\n" + title + "\n");
  print_reasons(reasons, style);
}

void print_undo(const std::string& saved, const std::string& own_session) {
  print_line("Undo: git session snapshot restore " + quote_shell(short_name(saved, own_session)));
}

void print_result(const snapshot::RestoreResult& result, const std::string& name,
                  const std::string& own_session, const workflow::RestoreOptions& options,
                  const Style& style, bool verbose) {
  const snapshot::RestorePlan& plan = result.plan;
  if (plan.empty()) {
    print_line("Everything is as in \"" + name + "\" already.");
  } else {
    const std::size_t index = plan.index.size();
    std::string what = plan.files.empty() ? "" : plural(plan.files.size(), "file");
    if (index > 0) what += (what.empty() ? "" : ", ") + std::to_string(index) + " in the index";
    print_line((options.dry_run ? "Would restore \"" : "Restored \"") + name + "\" (" + what + ")");
    print_plan(plan, style, verbose);
  }
  print_left("Left as they are:", plan.left, style);
  print_left("Others' changes, overwritten:", plan.overwritten, style);
  for (const RepoPath& path : result.moved)
    warning("'" + path.quoted() + "' was changed meanwhile and stays as it is");
  for (const RepoPath& path : plan.conflicts)
    print_error("CONFLICT: '" + path.quoted() + "': resolve it, then 'git add' it\n");
  if (result.saved) print_undo(result.saved->ref, own_session);
}

ExitCode run_resumed(const Common& common, const session::Workspace& workspace, bool abort) {
  const snapshot::ResumedRestore resumed = snapshot::resume_restore(
      workspace.repository, abort ? snapshot::Direction::Back : snapshot::Direction::Forward);
  if (common.json) {
    print_json("snapshot-restore", {{"ok", resumed.moved.empty()},
                                    {"snapshot", resumed.what.snapshot},
                                    {"status", abort ? "aborted" : "continued"},
                                    {"saved", resumed.what.saved},
                                    {"moved", json_paths(resumed.moved)}});
  } else if (!common.quiet) {
    print_line(abort ? "Everything is as it was before the restore."
                     : "Restored \"" + short_name(resumed.what.snapshot) + "\".");
    for (const RepoPath& path : resumed.moved)
      warning("'" + path.quoted() + "' was changed meanwhile and stays as it is");
    if (!abort) print_undo(resumed.what.saved, own_session(workspace));
  }
  return resumed.moved.empty() ? ExitCode::Done : ExitCode::No;
}

// Nothing is restored by a guess.
Error which_snapshot(const session::Workspace& workspace,
                     const std::optional<std::string>& session) {
  const auto newest = session ? snapshot::newest(workspace.repository, *session) : std::nullopt;
  return usage_error("which snapshot?")
      .with_hint((newest ? "the newest is '" + short_name(newest->ref, *session) + "'; " : "") +
                 "'git session snapshot list' shows them");
}

ExitCode run_restore(const Invocation& invocation, const RestoreArguments& arguments) {
  const Common& common = invocation.common;
  const session::Workspace workspace = open_for_snapshots(common);
  if (arguments.resume || arguments.abort) {
    if (arguments.resume && arguments.abort)
      throw usage_error("--continue and --abort exclude each other");
    if (!arguments.name.empty())
      throw usage_error(
          "--continue and --abort take no snapshot: they concern the restore that was interrupted");
    return run_resumed(common, workspace, arguments.abort);
  }
  const auto session = session_of_names(workspace, common);
  if (arguments.name.empty()) throw which_snapshot(workspace, session);
  const snapshot::Snapshot snapshot = snapshot::find(workspace.repository, arguments.name, session);
  const workflow::RestoreOptions& options = arguments.options;
  const snapshot::RestoreResult result = workflow::restore_snapshot(workspace, snapshot, options);
  if (result.saved) {
    for (const std::string& text :
         snapshot::keep_to_budget(workspace, *result.saved, SystemClock().now()))
      warning(text);
  }
  const Style style = detect_style(workspace.git_config);
  const bool clean = result.plan.conflicts.empty() && result.moved.empty();
  if (common.json) {
    print_json("snapshot-restore", to_json(result, snapshot, options.dry_run));
    return clean && result.plan.in_the_way.empty() ? ExitCode::Done : ExitCode::No;
  }
  if (!result.plan.in_the_way.empty()) return refuse(result, options.force, style);
  if (!common.quiet) {
    print_result(result, arguments.name, own_session(workspace), options, style,
                 common.verbose > 0);
  }
  return clean ? ExitCode::Done : ExitCode::No;
}

}  // namespace

void add_snapshot_restore(CLI::App& app, Invocation& invocation) {
  const auto arguments = std::make_shared<RestoreArguments>();
  app.add_option("snap", arguments->name, "Snapshot to restore")->type_name("SNAP");
  app.add_option("paths", arguments->options.paths, "Only these files and directories")
      ->type_name("PATH");
  app.add_flag("-n,--dry-run", arguments->options.dry_run, "Show what would be done");
  app.add_flag(
      "--merge", arguments->options.merge,
      "Carry into it what HEAD has changed since, with conflict markers where it collides");
  app.add_flag(
      "--force", arguments->options.force,
      "Also what others changed, and untracked and ignored files in the way; they are saved");
  app.add_flag("--continue", arguments->resume, "Finish a restore that was interrupted");
  app.add_flag("--abort", arguments->abort, "Take back a restore that was interrupted");
  app.callback([&invocation, arguments] {
    invocation.run = [&invocation, arguments] { return run_restore(invocation, *arguments); };
  });
}

}  // namespace gs::cli
