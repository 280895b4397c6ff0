#pragma once

#include <vector>

#include "close/context.h"

namespace gs::close {

// A file that the close itself keeps: it goes into the records' commit, or (scope and plan file) is
// removed, and is never part of the session's work.
[[nodiscard]] bool is_record(const session::Workspace& workspace, const RepoPath& path);

// The records that a commit may hold: sessions.jsonl, STATE.md and local issue files
// (docs/formats.md, "Records").
[[nodiscard]] bool is_committed_record(const session::Workspace& workspace, const RepoPath& path);

inline constexpr const char* kSessionsFile = ".orchestrator/metrics/sessions.jsonl";

}  // namespace gs::close
