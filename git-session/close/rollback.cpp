#include "close/rollback.h"

#include "close/before_close.h"
#include "close/file_writes.h"
#include "snapshot/store.h"

namespace gs::close {

namespace {

std::vector<MadeCommit> commits_made(const session::Workspace& workspace, const Journal& journal) {
  std::vector<MadeCommit> commits;
  for (const Json& event : journal.events()) {
    const std::string step = event.value("step", "");
    if (event.value("event", "") != "done" || !step.starts_with("commit/")) continue;
    const auto oid = git::ObjectId::parse(event.at("result").value("oid", ""));
    if (oid) commits.push_back({*oid, workspace.repository.commit(*oid).subject, 0});
  }
  return commits;
}

// The way back is not needed when nothing was left half done.
void drop_before_close(const session::Workspace& workspace, const std::string& session) {
  std::vector<std::string> refs;
  for (const snapshot::Snapshot& snapshot :
       snapshot::list(workspace.repository, session).snapshots) {
    if (is_before_close(snapshot.name)) refs.push_back(snapshot.ref);
  }
  if (!refs.empty()) (void)snapshot::drop(workspace.repository, refs);
}

}  // namespace

AbortResult roll_back(const session::Workspace& workspace, Journal& journal) {
  AbortResult result;
  const Json planned = journal.last("write-plan");
  if (planned.is_object()) {
    const WritePlan plan = write_plan_from_json(planned.at("plan"));
    const Restored restored = put_back_files(workspace, journal, plan);
    result.session = plan.session;
    result.restored = restored.restored;
    result.left = restored.left;
    result.commits = commits_made(workspace, journal);
    result.wrote_anything =
        !restored.restored.empty() || !restored.left.empty() || !result.commits.empty();
    if (restored.left.empty() && result.commits.empty()) drop_before_close(workspace, plan.session);
  }
  journal.finish();
  return result;
}

}  // namespace gs::close
