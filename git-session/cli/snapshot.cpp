#include <algorithm>
#include <map>
#include <memory>

#include "base/text.h"
#include "cli/json_values.h"
#include "cli/snapshot_verbs.h"
#include "cli/terminal.h"
#include "cli/usage.h"
#include "git/refs.h"
#include "session/bootstrap.h"
#include "session/pauses.h"
#include "snapshot/gc.h"
#include "snapshot/store.h"
#include "workflow/active_session.h"

namespace gs::cli {
namespace {

struct CreateOptions {
  std::optional<long> wave;
  std::optional<std::string> label;  // absent: any that the session has will do
  std::string message;
  bool force = false;
};

snapshot::SaveRequest request_for(const session::Workspace& workspace,
                                  const session::Selection& selection,
                                  const CreateOptions& options) {
  snapshot::SaveRequest request;
  std::optional<workflow::ActiveSession> active;
  if (!selection.session || !options.wave) {
    try {
      active = workflow::find_active_session(workspace);
    } catch (const Error&) {
      if (!selection.session) throw;  // with --session, a broken STATE.md does not matter
    }
  }
  if (!selection.session && !active) {
    if (const auto closed = session::check_bootstrap(workspace))
      throw refused(describe(*closed)).with_hint("run 'git session init' first");
    const bool is_paused = !session::paused_here(workspace).empty();
    throw refused("no session is active here, so nothing says under which name to save")
        .with_hint("give it one with 'git session snapshot --session ID', or " +
                   std::string(is_paused ? "take the paused one up with 'git session resume'"
                                         : "open a session with 'git session start'"));
  }
  request.session = active ? active->id : *selection.session;
  const bool own_wave = active && request.session == active->id;
  request.wave = options.wave.value_or(own_wave ? active->wave : 0);
  request.label = options.label.value_or("manual");
  if (snapshot::is_automatic_label(request.label)) {
    throw usage_error("label '" + request.label +
                      "' is for snapshots that git session takes itself")
        .with_hint("choose another one: such a snapshot may be dropped automatically");
  }
  request.message = options.message;
  request.any_name = !options.label && options.message.empty();
  request.capture.largest_untracked = workspace.config.size("snapshot-max-file");
  request.now = SystemClock().now();
  return request;
}

Json to_json(const snapshot::SaveRequest& request, const snapshot::SaveResult& result,
             const std::optional<Timestamp>& created_at) {
  Json left_out = Json::array();
  for (const snapshot::Skipped& skipped : result.left_out) {
    left_out.push_back({{"path", json_path(skipped.path.bytes())}, {"reason", skipped.reason}});
  }
  const bool saved = !result.ref.empty();
  return {{"ok", true},
          {"ref", text_or_null(result.ref)},
          {"oid", saved ? Json(result.oid.hex()) : Json()},
          {"skipped", result.skipped},
          {"reason", text_or_null(result.reason)},
          {"session", request.session},
          {"wave", request.wave},
          {"label", request.label},
          {"created_at", created_at ? Json(format_utc(*created_at)) : Json()},
          {"files", json_counts(result.counts)},
          {"left_out", left_out}};
}

void print_saved(const snapshot::SaveResult& result, const std::string& session,
                 const Style& style) {
  if (result.ref.empty()) {
    print_line(result.left_out.empty() ? "Nothing to save: no file is dirty."
                                       : "Nothing to save besides what is left out.");
    return;
  }
  const std::string name = short_name(result.ref, session);
  const std::string shown = "\"" + report::paint(name, report::Tone::Bold, style.colour) + "\"";
  if (result.skipped) {
    print_line("Unchanged since " + shown + ".");
    return;
  }
  // The command whole, to be copied.
  const std::string saved = "Saved " + shown + " (" + describe(result.counts) + ").";
  const std::string way = "Restore: git session snapshot restore " + quote_shell(name) + " [PATH]";
  const std::size_t width = report::display_width(saved) + 1 + report::display_width(way);
  print_line(saved + (width <= style.columns ? " " : "\n") + way);
}

void warn_of_left_out(const std::vector<snapshot::Skipped>& left_out, bool all) {
  constexpr std::size_t kMost = 20;
  const std::size_t shown = all ? left_out.size() : std::min(kMost, left_out.size());
  for (std::size_t i = 0; i < shown; ++i) {
    warning("'" + left_out[i].path.quoted() + "' is not in the snapshot: " + left_out[i].reason);
  }
  if (shown < left_out.size()) {
    warning(std::to_string(left_out.size() - shown) +
            " more are not in the snapshot; --verbose names them all");
  }
}

ExitCode run_create(const Invocation& invocation, const CreateOptions& options) {
  const Common& common = invocation.common;
  const session::Workspace workspace = open_for_snapshots(common);
  const snapshot::SaveRequest request = request_for(workspace, common.selection, options);
  const snapshot::SaveResult result = snapshot::save(workspace.repository, request, options.force);
  const std::vector<std::string> freed = snapshot::keep_to_budget(workspace, result, request.now);
  if (!common.quiet) warn_of_left_out(result.left_out, common.verbose > 0);
  for (const std::string& text : freed) warning(text);
  if (common.json) {
    std::optional<Timestamp> created_at;
    if (!result.ref.empty()) created_at = workspace.repository.commit(result.oid).committer_time;
    print_json("snapshot-create", to_json(request, result, created_at));
  } else if (!common.quiet) {
    print_saved(result, own_session(workspace), detect_style(workspace.git_config));
  }
  return ExitCode::Done;
}

// The ref of a SNAP as typed, whether or not it still exists; "" if it is not a valid name.
std::string ref_as_typed(const std::string& text, const std::optional<std::string>& session) {
  if (text.starts_with("refs/")) return snapshot::parse_ref_name(text) ? text : std::string();
  std::vector<std::string> parts;
  for (const std::string_view part : split(text, '/')) parts.emplace_back(part);
  const std::string label = parts.back();
  parts.pop_back();
  std::string wave = "0";
  const bool has_wave = !parts.empty() && !parts.back().empty() &&
                        parts.back().find_first_not_of("0123456789") == std::string::npos &&
                        (parts.size() > 1 || session);
  if (has_wave) {
    wave = parts.back();
    parts.pop_back();
  }
  if (parts.empty() && !session) return "";
  const std::string place = std::string(snapshot::kRefPrefix) +
                            snapshot::map_component(parts.empty() ? *session : join(parts, "/")) +
                            "/";
  if (!has_wave && snapshot::parse_ref_name(place + label)) return place + label;
  return place + "wave-" + wave + "-" + snapshot::map_component(label);
}

// What to delete for one SNAP: a ref, or an answer if there is nothing to delete.
struct Target {
  std::string ref;
  std::optional<snapshot::DropResult> answer;
};

Target target_of(const git::Repository& repository, const std::string& text,
                 const std::optional<std::string>& session) {
  try {
    snapshot::Snapshot found = snapshot::find(repository, text, session);
    if (!found.ref.empty()) return {std::move(found.ref), std::nullopt};
    return {"", snapshot::DropResult{text, false, true, "not a snapshot, but a stash of its own"}};
  } catch (const Error& error) {
    const std::string ref = ref_as_typed(text, session);
    // A ref below the prefix that is not a commit can still be deleted by its full name.
    if (ref == text && git::read_ref(repository, ref)) return {ref, std::nullopt};
    if (!ref.empty()) return {"", snapshot::DropResult{ref, true, false, ""}};
    return {"", snapshot::DropResult{text, false, false, error.message()}};
  }
}

std::vector<snapshot::DropResult> drop_all(const git::Repository& repository,
                                           const std::vector<std::string>& names,
                                           const std::optional<std::string>& session) {
  const std::map<std::string, std::string> shelving = session::shelving_snapshots(repository);
  std::vector<Target> targets;
  std::vector<std::string> refs;
  for (const std::string& name : names) {
    Target target = target_of(repository, name, session);
    if (const auto whose = shelving.find(target.ref); !target.answer && whose != shelving.end()) {
      target.answer = snapshot::DropResult{
          target.ref, false, true,
          "it has what the paused session '" + whose->second +
              "' has changed; 'git session resume' or 'git session abandon' comes first"};
    }
    if (!target.answer) refs.push_back(target.ref);
    targets.push_back(std::move(target));
  }
  std::vector<snapshot::DropResult> dropped = snapshot::drop(repository, refs);
  auto next = dropped.begin();
  std::vector<snapshot::DropResult> results;
  for (Target& target : targets) results.push_back(target.answer ? *target.answer : *next++);
  return results;
}

// Dropping is idempotent, so a name that does not exist is not a failure; it may be a typo, though.
void warn_of_absence(const git::Repository& repository, const std::string& name,
                     const std::string& own) {
  warning("there is no snapshot '" + name + "': nothing was deleted");
  const std::string near = snapshot::nearest_name(repository, name, own);
  if (!near.empty()) hint("did you mean '" + near + "'?");
}

ExitCode run_drop(const Invocation& invocation, const std::vector<std::string>& names) {
  const Common& common = invocation.common;
  const session::Workspace workspace = open_for_snapshots(common);
  const auto results = drop_all(workspace.repository, names, session_of_names(workspace, common));
  const std::string own = own_session(workspace);
  bool all = true;
  Json answers = Json::array();
  for (const snapshot::DropResult& result : results) {
    all = all && result.ok;
    answers.push_back({{"ref", json_path(result.ref)},
                       {"ok", result.ok},
                       {"existed", result.existed},
                       {"error", text_or_null(result.error)}});
    const std::string name = short_name(result.ref, own);
    if (!result.ok) {
      print_error("error: cannot drop '" + name + "': " + result.error + "\n");
    } else if (!result.existed && !common.quiet) {
      warn_of_absence(workspace.repository, name, own);
    } else if (!common.json && !common.quiet) {
      print_line("dropped " + name);
    }
  }
  if (common.json) print_json("snapshot-drop", {{"results", answers}});
  return all ? ExitCode::Done : ExitCode::No;
}

void add_create_options(CLI::App& app, const std::shared_ptr<CreateOptions>& options) {
  app.add_option("--wave", options->wave, "Number of the wave, instead of the current one")
      ->type_name("N")
      ->check(whole_number(0, kHighestWave));
  app.add_option("--label", options->label, "Name of the snapshot ('manual')")->type_name("LABEL");
  app.add_option("-m,--message", options->message, "Paragraph to keep with the snapshot")
      ->type_name("MESSAGE");
  app.add_flag("--force", options->force, "Save even a work tree that is your home directory");
}

void add_drop(CLI::App& app, Invocation& invocation) {
  const auto names = std::make_shared<std::vector<std::string>>();
  app.add_option("snap", *names, "Snapshots to delete")->type_name("SNAP")->required();
  app.callback([&invocation, names] {
    invocation.run = [&invocation, names] { return run_drop(invocation, *names); };
  });
}

CLI::App* add_verb(CLI::App& app, Invocation& invocation, const char* name, const char* summary) {
  CLI::App* verb = app.add_subcommand(name, summary);
  add_common_options(*verb, invocation);
  return verb;
}

}  // namespace

void add_snapshot(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<CreateOptions>();
  const auto create = [&invocation, options] {
    invocation.run = [&invocation, options] { return run_create(invocation, *options); };
  };
  app.require_subcommand(0, 1);
  add_create_options(app, options);
  app.callback([&app, create] {
    if (app.get_subcommands().empty()) create();
  });

  CLI::App* verb = add_verb(app, invocation, "create", "Save the dirty tree");
  add_create_options(*verb, options);
  verb->callback(create);
  add_snapshot_list(*add_verb(app, invocation, "list", "List snapshots"), invocation);
  add_snapshot_show(*add_verb(app, invocation, "show", "Show what a snapshot holds"), invocation);
  add_snapshot_diff(*add_verb(app, invocation, "diff", "Compare a snapshot with the current state"),
                    invocation);
  add_snapshot_restore(*add_verb(app, invocation, "restore", "Bring a snapshot back"), invocation);
  add_drop(*add_verb(app, invocation, "drop", "Delete snapshots"), invocation);
}

}  // namespace gs::cli
