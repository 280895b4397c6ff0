#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "session/workspace.h"

namespace gs::session {

// The bootstrap gate: absent if open, else the reason: "no-claude-md", "no-session-config",
// "no-bootstrap-lock", "invalid-lock". The lock is asked for in a tracked home alone; in a private
// one, keys of git's own configuration are a Session Config as well.
struct GateClosed {
  std::string reason;
  std::string detail;  // what was checked, with file and line if any; "" where that tells nothing
};
[[nodiscard]] std::string describe(const GateClosed& closed);  // for people
[[nodiscard]] std::optional<GateClosed> check_bootstrap(const Workspace& workspace);
[[nodiscard]] std::string render_bootstrap_lock(const std::string& archetype, Timestamp now);

}  // namespace gs::session
