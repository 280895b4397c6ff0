#include <algorithm>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "close/journal/before_close.h"
#include "close/phases/phases.h"
#include "close/undo/held.h"
#include "git/expiry.h"
#include "session/baseline.h"
#include "snapshot/gc.h"
#include "snapshot/store.h"

namespace gs::close {

namespace {

// Whether a person's snapshot holds something of what was made in the session and is left in the
// tree: it may be the only way back to it. What was dirty before (foreign, mixed) does not count.
bool holds_what_is_left(const Context& context, const snapshot::Snapshot& snapshot) {
  const snapshot::Name& name = snapshot.name;
  if (name.wave > 0 || is_before_close(name) || name.label == session::kBaselineLabel ||
      snapshot::is_of_pause(name, snapshot.subject))
    return false;
  const std::vector<report::LeftAlone>& left = context.write_plan->report.left_alone;
  if (left.empty()) return false;
  const auto entries = session::entries_of_snapshot(context.repository(), snapshot.oid);
  return std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
    const std::string path = entry.first.quoted();
    return std::any_of(left.begin(), left.end(), [&](const report::LeftAlone& file) {
      return file.path == path && (file.owner == session::owner_name(session::Owner::Unclaimed) ||
                                   file.owner == session::owner_name(session::Owner::Contested));
    });
  });
}

struct OwnSnapshots {
  std::vector<snapshot::Snapshot> to_delete;
  std::size_t kept = 0;  // for what is left in the tree
};
OwnSnapshots own_snapshots(const Context& context, bool all) {
  OwnSnapshots own;
  for (const snapshot::Snapshot& snapshot :
       snapshot::list(context.repository(), context.write_plan->session).snapshots) {
    if (!all && is_before_close(snapshot.name)) continue;
    if (holds_what_is_left(context, snapshot)) {
      ++own.kept;
    } else {
      own.to_delete.push_back(snapshot);
    }
  }
  return own;
}

std::string describe_kept(const OwnSnapshots& own) {
  return own.kept == 0
             ? ""
             : "; " + plural(own.kept, "snapshot") + " of what is left in the tree kept until " +
                   (own.kept == 1 ? "it expires" : "they expire");
}

// Whether the session's work is anywhere but here.
bool is_safe(const Context& context) {
  return !context.pushed.empty() || !context.write_plan->has_commits;
}

// Expired snapshots of sessions that are active in no worktree; this one still counts as active.
snapshot::GcResult collect_expired(const Context& context, bool dry_run) {
  const std::string value = context.workspace.config.required_text("snapshot-expire");
  const auto expiry = git::parse_expiry(context.repository().git(), value, context.clock.now());
  if (!expiry) return {};
  return snapshot::collect(context.workspace, *expiry, context.clock.now(), dry_run);
}

std::size_t drop_all(const Context& context, const std::vector<snapshot::Snapshot>& snapshots,
                     std::string& error) {
  std::vector<std::string> refs;
  for (const snapshot::Snapshot& snapshot : snapshots) refs.push_back(snapshot.ref);
  std::size_t dropped = 0;
  for (const snapshot::DropResult& result : snapshot::drop(context.repository(), refs)) {
    if (result.ok) ++dropped;
    if (!result.ok && error.empty()) error = result.ref + ": " + result.error;
  }
  return dropped;
}

// Those that went only because all held too much, by name.
std::vector<std::string> over_budget(const snapshot::GcResult& collected) {
  std::vector<std::string> names;
  for (const snapshot::Judged& judged : collected.judged) {
    const std::string& ref = judged.snapshot.ref;
    const auto& failed = collected.failed;
    if (judged.over_budget && std::find(failed.begin(), failed.end(), ref) == failed.end())
      names.push_back(snapshot::shown_name(judged.snapshot.name, ""));
  }
  return names;
}

std::string describe(const snapshot::GcResult& collected) {
  const std::vector<std::string> names = over_budget(collected);
  std::string text;
  if (collected.deleted > names.size())
    text += ", " + plural(collected.deleted - names.size(), "expired one") + " collected";
  if (!names.empty()) text += ", over snapshot-max-total: " + join(names, ", ");
  return text;
}

PhaseResult preview_snapshots(Context& context) {
  if (!context.workspace.config.flag("persistence")) return skip("persistence is off");
  const OwnSnapshots own = own_snapshots(context, true);
  return ok("would delete " + plural(own.to_delete.size(), "snapshot") + " of this session" +
            describe(collect_expired(context, true)) + describe_kept(own));
}

// From here on the close cannot be aborted, so what that would need may be deleted.
void declare_closed(Context& context) {
  if (!context.journal.last("closed").is_null()) return;
  std::vector<snapshot::Snapshot> deleted;
  if (context.workspace.config.flag("persistence"))
    deleted = own_snapshots(context, is_safe(context)).to_delete;
  context.journal.record("closed", what_undo_gives_back(context, deleted));
}

PhaseResult write_snapshots(Context& context) {
  declare_closed(context);
  std::string error;
  std::string kept;
  std::size_t deleted = 0;
  snapshot::GcResult collected;
  try {
    hold_for_undo(context);
    if (!context.workspace.config.flag("persistence")) return skip("persistence is off");
    const OwnSnapshots own = own_snapshots(context, is_safe(context));
    kept = describe_kept(own);
    if (!own.to_delete.empty()) deleted = drop_all(context, own.to_delete, error);
    collected = collect_expired(context, false);
    if (error.empty() && !collected.errors.empty()) error = collected.errors.front();
    remove_file(session::baseline_file(context.repository(), context.write_plan->session));
  } catch (const Error& failure) {
    error = failure.message();
  }
  std::string summary = plural(deleted, "snapshot") + " deleted" + kept;
  summary += describe(collected);
  if (!is_safe(context)) summary += "; before-close is kept until it expires";
  PhaseResult result = ok(summary);
  if (!kept.empty()) {
    result.findings.push_back({.source = "snapshots",
                               .severity = session::Severity::Low,
                               .title = kept.substr(2),
                               .recommendation = "'git session snapshot list' shows what it is"});
  }
  if (const auto excess = snapshot::describe_excess(collected.budget))
    add_problem(result, "snapshots", *excess);
  if (error.empty()) return result;
  result.summary += "; " + error;
  add_problem(result, "snapshots", error, "'git session gc' tries again");
  result.hint = "'git session gc' tries again";
  return result;
}

}  // namespace

const Phase kSnapshots{
    .id = "snapshots",
    .title = "Snapshots",
    .look = preview_snapshots,
    .write = write_snapshots,
    .does = R"(deletes this session's snapshots (`before-close` only once pushed; a person's never
where it holds a file that is left in the tree) and collects the expired ones, once everything else
is done)",
    .skipped_when = R"(`persistence` is off)",
    .blocks_when = R"(never; a failure is a warning)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
