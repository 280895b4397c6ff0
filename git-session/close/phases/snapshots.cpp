#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "close/journal/before_close.h"
#include "close/phases/phases.h"
#include "git/expiry.h"
#include "snapshot/gc.h"
#include "snapshot/store.h"

namespace gs::close {

namespace {

std::vector<std::string> own_snapshots(const Context& context, bool all) {
  std::vector<std::string> refs;
  for (const snapshot::Snapshot& snapshot :
       snapshot::list(context.repository(), context.write_plan->session).snapshots) {
    if (all || !is_before_close(snapshot.name)) refs.push_back(snapshot.ref);
  }
  return refs;
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

std::size_t drop_all(const Context& context, const std::vector<std::string>& refs,
                     std::string& error) {
  std::size_t dropped = 0;
  for (const snapshot::DropResult& result : snapshot::drop(context.repository(), refs)) {
    if (result.ok) ++dropped;
    if (!result.ok && error.empty()) error = result.ref + ": " + result.error;
  }
  return dropped;
}

PhaseResult preview(Context& context) {
  if (!context.workspace.config.flag("persistence")) return skip("persistence is off");
  return ok("would delete " + plural(own_snapshots(context, true).size(), "snapshot") +
            " of this session and " +
            plural(collect_expired(context, true).deleted, "expired one"));
}

PhaseResult write(Context& context) {
  // From here on the close cannot be aborted, so what that would need may be deleted.
  if (context.journal.last("closed").is_null()) context.journal.record("closed", Json::object());
  if (!context.workspace.config.flag("persistence")) return skip("persistence is off");
  std::string error;
  std::size_t own = 0;
  std::size_t expired = 0;
  try {
    const std::vector<std::string> refs = own_snapshots(context, is_safe(context));
    if (!refs.empty()) own = drop_all(context, refs, error);
    const snapshot::GcResult collected = collect_expired(context, false);
    expired = collected.deleted;
    if (error.empty() && !collected.errors.empty()) error = collected.errors.front();
    remove_file(session::baseline_file(context.repository(), context.write_plan->session));
  } catch (const Error& failure) {
    error = failure.message();
  }
  std::string summary = plural(own, "snapshot") + " deleted";
  if (expired > 0) summary += ", " + plural(expired, "expired one") + " collected";
  if (!is_safe(context)) summary += "; before-close is kept until it expires";
  if (error.empty()) return ok(summary);
  PhaseResult result = warn(summary + "; " + error);
  result.hint = "'git session gc' tries again";
  return result;
}

}  // namespace

const Phase kSnapshots{
    .id = "snapshots",
    .title = "Snapshots",
    .look = preview,
    .write = write,
    .does = R"(deletes this session's snapshots (`before-close` only once pushed) and collects the
expired ones, once everything else is done)",
    .skipped_when = R"(`persistence` is off)",
    .blocks_when = R"(never; a failure is a warning)",
};

}  // namespace gs::close
