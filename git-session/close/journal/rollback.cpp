#include "close/journal/rollback.h"

#include "close/commit/commits.h"
#include "close/journal/before_close.h"
#include "close/journal/file_writes.h"

namespace gs::close {

AbortResult roll_back(const session::Workspace& workspace, Journal& journal) {
  AbortResult result;
  const Json session = journal.header().value("session", Json());
  if (session.is_string()) result.session = session.get<std::string>();
  // From here on --continue can only finish this.
  if (journal.last("abort").is_null()) journal.record("abort", Json::object());
  // The commits stay, so the index has to know them.
  settle_commits(workspace, journal);
  result.commits = made_commits(workspace, journal, Which::All);
  const Json planned = journal.last("write-plan");
  if (planned.is_object()) {
    const WritePlan plan = write_plan_from_json(planned.at("plan"));
    const Restored restored = put_back_files(workspace, journal, plan);
    result.session = plan.session;
    result.restored = restored.restored;
    result.left = restored.left;
  }
  result.wrote_anything =
      !result.restored.empty() || !result.left.empty() || !result.commits.empty();
  // Nothing is left to go back from.
  if (result.left.empty() && result.commits.empty()) drop_before_close(workspace, journal);
  journal.finish();
  return result;
}

}  // namespace gs::close
