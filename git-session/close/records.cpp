#include "close/records.h"

#include "tracker/local_issues.h"

namespace gs::close {

bool is_record(const session::Workspace& workspace, const RepoPath& path) {
  const RepoPath state(workspace.state_directory);
  if (path.is_below(RepoPath(".orchestrator/metrics"))) return true;
  if (!path.is_below(state)) return is_committed_record(workspace, path);
  const std::string name = path.bytes().substr(state.bytes().size() + 1);
  return name == "STATE.md" || name == "session-plan.toml" || name == "wave-scope.json" ||
         is_committed_record(workspace, path);
}

bool is_committed_record(const session::Workspace& workspace, const RepoPath& path) {
  return path == workspace.state_file() || path.bytes() == kSessionsFile ||
         path.bytes() == ".orchestrator/metrics/learnings.jsonl" ||
         path.is_below(RepoPath(std::string(tracker::LocalIssues::kDirectory)));
}

}  // namespace gs::close
