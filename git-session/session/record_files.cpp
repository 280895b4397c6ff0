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
  return path.bytes() == ".orchestrator/metrics/sessions.jsonl" ||
         path.bytes() == ".orchestrator/metrics/learnings.jsonl" ||
         path.bytes().starts_with(".orchestrator/issues/");
}

}  // namespace gs::session
