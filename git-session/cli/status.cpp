#include <algorithm>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/status_text.h"
#include "cli/terminal.h"
#include "git/config/values.h"
#include "session/baseline.h"
#include "workflow/overview.h"
#include "workflow/silent_sessions.h"

namespace gs::cli {
namespace {

Json items_of(const workflow::Overview& overview) {
  Json items = Json::array();
  for (const checks::ItemResult& result : overview.items) {
    const session::PlanItem& item = overview.session->plan->items[result.index];
    Json touched = Json::array();
    for (const RepoPath& path : result.touched) touched.push_back(json_path(path.bytes()));
    items.push_back({{"title", item.title},
                     {"issue", or_null(item.issue)},
                     {"priority", item.priority},
                     {"status", checks::item_status_name(result.status)},
                     {"touched", touched},
                     {"unmatched", result.unmatched},
                     {"evidence", result.evidence}});
  }
  return items;
}

Json changes_of(const workflow::Overview& overview) {
  Json changes = Json::array();
  for (const session::OwnedChange& owned : overview.changes) {
    const std::string& path = owned.change.path.bytes();
    const auto& plan = overview.session->plan;
    const auto item = plan ? session::item_of(*plan, path) : std::nullopt;
    changes.push_back({{"path", json_path(path)},
                       {"owner", session::owner_name(owned.owner)},
                       {"reason", owned.reason},
                       {"unmerged", overview.unmerged.contains(owned.change.path)},
                       {"item", item ? Json(plan->items[*item].title) : Json()}});
  }
  return changes;
}

Json others_of(const workflow::Overview& overview) {
  Json others = Json::array();
  for (const session::RunningSession& other : overview.others) {
    others.push_back({{"session", other.id},
                      {"name", text_or_null(other.name)},
                      {"worktree", json_path(other.worktree)},
                      {"state_directory", text_or_null(other.state_directory)},
                      {"status", session::status_name(other.status)},
                      {"branch", text_or_null(other.branch)}});
  }
  return others;
}

Json paused_of(const workflow::Overview& overview) {
  Json sessions = Json::array();
  for (const workflow::PausedSession& paused : overview.paused) {
    sessions.push_back({{"session", paused.id},
                        {"name", text_or_null(paused.name)},
                        {"title", text_or_null(paused.title)},
                        {"branch", text_or_null(paused.branch)},
                        {"since", paused.since ? Json(format_utc(*paused.since)) : Json()},
                        {"note", text_or_null(paused.note)},
                        {"shelved", paused.shelved},
                        {"in_tree", paused.in_tree},
                        {"snapshot", text_or_null(paused.snapshot)}});
  }
  return sessions;
}

Json session_fields(const session::CurrentSession& session, const session::Workspace& workspace) {
  const session::StateFile& state = session.state;
  return {
      {"session", session.id},
      {"title", text_or_null(state.title)},
      {"session_type", text_or_null(state.session_type)},
      {"branch", text_or_null(state.branch)},
      {"state", session::status_name(state.status)},
      {"started_at", state.started_at ? Json(format_utc(*state.started_at)) : Json()},
      {"name", text_or_null(state.name)},
      {"records", workspace.home.tracked() ? "tracked" : "private"},
      {"state_directory", workspace.home.tracked() ? Json(workspace.tracked_directory) : Json()},
      {"base", session::id_to_json(session.base)},
      {"base_reason", session.base_reason}};
}

Json silent_of(const std::vector<workflow::SilentSession>& sessions) {
  Json silent = Json::array();
  for (const workflow::SilentSession& session : sessions) {
    silent.push_back({{"session", session.session},
                      {"name", text_or_null(session.name)},
                      {"since", session.since ? Json(format_utc(*session.since)) : Json()},
                      {"worktree_gone", session.worktree_gone}});
  }
  return silent;
}

Json to_json(const workflow::Overview& overview, const session::Workspace& workspace) {
  Json fields = {{"session", nullptr}};
  if (overview.session) fields.update(session_fields(*overview.session, workspace));
  fields["absence"] = text_or_null(overview.absence);
  fields["items"] = items_of(overview);
  fields["changes"] = changes_of(overview);
  fields["left_out"] = Json::array();
  for (const git::LeftOut& left_out : overview.left_out) {
    fields["left_out"].push_back(
        {{"path", json_path(left_out.path.bytes())}, {"reason", left_out.reason}});
  }
  fields["commits"] = overview.commits;
  fields["snapshots"] = Json::array();
  for (const snapshot::Snapshot& snapshot : overview.snapshots) {
    fields["snapshots"].push_back(json_snapshot(snapshot));
  }
  // Since when; "" if its journal does not say.
  fields["unfinished_close"] = or_null(overview.unfinished_close);
  fields["others"] = others_of(overview);
  fields["paused"] = paused_of(overview);
  fields["next_step"] = overview.next_step;
  fields["warnings"] = overview.warnings;
  return fields;
}

// As `git status`: "" for paths from the top.
std::string prefix_of(const session::Workspace& workspace) {
  const auto relative = git::last_value(workspace.git_config, "status.relativepaths");
  const bool is_off = relative && git::parse_bool(*relative) == false;
  return is_off ? "" : workspace.repository.prefix();
}

ExitCode run_status(const Invocation& invocation) {
  const Common& common = invocation.common;
  const session::Workspace workspace = session::open_workspace(common.selection);
  const workflow::Overview overview = workflow::overview(workspace);
  const Timestamp now = SystemClock().now();
  const auto silent = workflow::silent_sessions(workspace, now);
  if (!common.quiet) {
    for (const std::string& text : workspace.config.warnings()) warning(text);
    for (const std::string& text : overview.warnings) warning(text);
    for (const workflow::SilentSession& session : silent) warning(describe(session, now));
  }
  if (common.json) {
    Json fields = to_json(overview, workspace);
    fields["silent"] = silent_of(silent);
    print_json("status", fields);
  } else {
    print(render_status(overview, detect_style(workspace.git_config), now,
                        common.verbose > 0 ? Detail::Whole : Detail::Short, prefix_of(workspace)));
  }
  return ExitCode::Done;
}

}  // namespace

void add_status(CLI::App& app, Invocation& invocation) {
  app.callback(
      [&invocation] { invocation.run = [&invocation] { return run_status(invocation); }; });
}

}  // namespace gs::cli
