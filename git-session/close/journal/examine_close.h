#pragma once

#include "base/clock.h"
#include "session/diagnosis.h"
#include "session/workspace.h"

namespace gs::close {

// Adds what was interrupted in any worktree of the repository: closes, undos and restores. For `git
// session doctor`; read-only.
void examine_close(const session::Workspace& workspace, Timestamp now, session::Diagnoses& found);

}  // namespace gs::close
