#pragma once

#include <vector>

#include "githooks/call.h"
#include "githooks/judge/violations.h"

namespace gs::githooks {

// A commit about to be pushed, with paths that do not belong to its session.
struct LeavingViolations {
  git::Commit commit;
  const HookSession* session;
  std::vector<Violation> violations;
};

// Oldest first. `on_remote`: commits that the remote has.
[[nodiscard]] std::vector<LeavingViolations> find_leaving_violations(
    const git::Repository& repository, const std::vector<PushedRef>& refs,
    const std::vector<git::ObjectId>& on_remote, SessionReader& sessions);

}  // namespace gs::githooks
