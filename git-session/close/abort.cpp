#include "close/abort.h"

#include "base/error.h"
#include "close/commit/commits.h"
#include "close/journal/before_close.h"
#include "close/journal/put_back.h"
#include "close/look/file_questions.h"
#include "session/closing.h"

namespace gs::close {

AbortResult roll_back(const session::Workspace& workspace, Journal& journal) {
  AbortResult result;
  const Json session = journal.header().value("session", Json());
  if (session.is_string()) result.session = session.get<std::string>();
  // From here on --continue can only finish this.
  if (journal.last("abort").is_null()) journal.record("abort", Json::object());
  // The commits stay, so the index has to match them.
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
  if (!result.session.empty()) withdraw_claims(workspace.repository, journal, result.session);
  result.wrote_anything =
      !result.restored.empty() || !result.left.empty() || !result.commits.empty();
  // Nothing is left to go back from.
  if (result.left.empty() && result.commits.empty()) drop_before_close(workspace, journal);
  journal.finish();
  return result;
}

AbortResult abort(const session::Workspace& workspace, const Clock& clock) {
  std::optional<LockHolder> holder;
  const std::optional<FileLock> lock =
      session::try_lock_close(workspace.repository.git_dir(), clock.now(), &holder);
  if (!lock) throw refused(describe(holder)).with_hint("end that process first");
  std::optional<Journal> journal = Journal::load(workspace);
  if (!journal) throw refused("there is no unfinished close to abort");
  if (!journal->last("closed").is_null()) {
    throw refused("that close is complete: only its snapshots are left to delete")
        .with_hint("'git session close --continue' does that");
  }
  return roll_back(workspace, *journal);
}

}  // namespace gs::close
