#include "session/record_files.h"

namespace gs::session {

bool is_session_record(const RepoPath& path, std::string_view state_directory) {
  std::string_view name = path.bytes();
  if (!name.starts_with(state_directory)) return false;
  name.remove_prefix(state_directory.size());
  return name == "/STATE.md" || name == "/session-plan.toml" || name == "/wave-scope.json" ||
         name.starts_with("/session-handover/");
}

bool is_shared_record(const RepoPath& path) {
  return path.bytes() == kSessionsFile || path.bytes() == ".orchestrator/metrics/learnings.jsonl" ||
         path.bytes().starts_with(".orchestrator/issues/");
}

bool is_record(const Workspace& workspace, const RepoPath& path) {
  return path.is_below(RepoPath(".orchestrator/metrics")) ||
         is_session_record(path, workspace.state_directory) || is_committed_record(workspace, path);
}

bool is_committed_record(const Workspace& workspace, const RepoPath& path) {
  return path == workspace.state_file() || is_shared_record(path);
}

}  // namespace gs::session
