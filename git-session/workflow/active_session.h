#pragma once

#include <optional>
#include <string>

#include "session/workspace.h"

namespace gs::workflow {

struct ActiveSession {
  std::string id;
  long wave = 0;  // its current one
};
// The session that goes on in this state directory on the branch that is checked out: all that a
// snapshot has to know of it, so that a broken plan or baseline does not keep anybody from saving
// their work. Throws on a STATE.md that cannot be read.
[[nodiscard]] std::optional<ActiveSession> find_active_session(const session::Workspace& workspace);

}  // namespace gs::workflow
