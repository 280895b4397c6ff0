#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "session/workspace.h"

namespace gs::workflow {

struct ActiveSession {
  std::string id;
  long wave = 0;  // its current one
};
// The active session of this state directory on the checked-out branch: only what a snapshot needs,
// so that a broken plan or baseline does not prevent saving work. Throws if STATE.md cannot be
// read.
[[nodiscard]] std::optional<ActiveSession> find_active_session(const session::Workspace& workspace);
// For a command that needs one: none was started, or those of the branch are paused.
[[nodiscard]] Error no_active_session(const session::Workspace& workspace);

}  // namespace gs::workflow
