#include "workflow/transfer_records.h"

#include "base/error.h"
#include "session/baseline.h"
#include "session/closing.h"

namespace gs::workflow {

namespace {

std::string read_records(const session::Workspace& workspace, const FilePlace& file) {
  return workspace.repository.files().read(file, FileLimit::Records).value_or("");
}

}  // namespace

records::Transfer exported_records(const session::Workspace& workspace) {
  const session::Home& home = workspace.home;
  return records::collect_records(read_records(workspace, home.record(session::kSessionsRecord)),
                                  read_records(workspace, home.record(session::kLearningsRecord)));
}

ImportedRecords import_records(const session::Workspace& workspace,
                               const records::Transfer& transfer) {
  // A close reads the learnings under this lock, until its plan of what to write is in the journal.
  const FileLock lock = session::lock_noted_learnings(workspace.repository);
  if (session::close_is_writing(workspace.repository.git_dir())) {
    throw refused("the session is being closed")
        .with_hint("finish it with 'git session close --continue', or take it back with '--abort'");
  }
  const FilePlace sessions = workspace.home.record(session::kSessionsRecord);
  const FilePlace learnings = workspace.home.record(session::kLearningsRecord);
  const records::NewLines new_sessions =
      records::new_lines(read_records(workspace, sessions), transfer.sessions, "session_id");
  const records::NewLines new_learnings =
      records::new_lines(read_records(workspace, learnings), transfer.learnings, "id");
  const TreeFiles files = workspace.repository.files();
  files.append(sessions, new_sessions.text);
  files.append(learnings, new_learnings.text);
  return {new_sessions.added, new_learnings.added, new_sessions.known + new_learnings.known};
}

}  // namespace gs::workflow
