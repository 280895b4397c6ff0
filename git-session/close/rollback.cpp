#include "close/rollback.h"

#include "close/before_close.h"
#include "close/file_writes.h"
#include "close/made_commits.h"
#include "git/own_index.h"

namespace gs::close {

namespace {

// The commits stay, so the index has to know them; a lock that a kill left goes.
std::vector<MadeCommit> keep_commits(const session::Workspace& workspace, Journal& journal,
                                     const WritePlan& plan) {
  git::unlock_own_index(workspace.repository, Journal::directory(workspace));
  std::vector<MadeCommit> commits;
  for (const auto& [number, commit] : made_commits(workspace.repository, journal, plan)) {
    bring_index_to(workspace, journal, number, commit);
    commits.push_back({commit.oid, workspace.repository.commit(commit.oid).subject, 0});
  }
  return commits;
}

}  // namespace

AbortResult roll_back(const session::Workspace& workspace, Journal& journal) {
  AbortResult result;
  const Json session = journal.header().value("session", Json());
  if (session.is_string()) result.session = session;
  bool way_back_is_needed = false;
  const Json planned = journal.last("write-plan");
  if (planned.is_object()) {
    const WritePlan plan = write_plan_from_json(planned.at("plan"));
    const Restored restored = put_back_files(workspace, journal, plan);
    result.session = plan.session;
    result.restored = restored.restored;
    result.left = restored.left;
    result.commits = keep_commits(workspace, journal, plan);
    result.wrote_anything =
        !restored.restored.empty() || !restored.left.empty() || !result.commits.empty();
    way_back_is_needed = !restored.left.empty() || !result.commits.empty();
  }
  if (!way_back_is_needed) drop_before_close(workspace, journal);
  journal.finish();
  return result;
}

}  // namespace gs::close
