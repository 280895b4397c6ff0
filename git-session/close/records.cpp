#include "close/records.h"

#include "session/record_files.h"

namespace gs::close {

bool is_record(const session::Workspace& workspace, const RepoPath& path) {
  return path.is_below(RepoPath(".orchestrator/metrics")) ||
         session::is_session_record(path, workspace.state_directory) ||
         is_committed_record(workspace, path);
}

bool is_committed_record(const session::Workspace& workspace, const RepoPath& path) {
  return path == workspace.state_file() || session::is_shared_record(path);
}

}  // namespace gs::close
