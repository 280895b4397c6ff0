#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "git/repository.h"

namespace gs::session {

// The bootstrap gate: absent if open, else the reason: "no-claude-md", "no-session-config",
// "no-bootstrap-lock", "invalid-lock".
struct GateClosed {
  std::string reason;
  std::string detail;  // what was checked, with file and line if any
};
[[nodiscard]] std::optional<GateClosed> check_bootstrap(const git::Repository& repository,
                                                        bool agents_file_first);
[[nodiscard]] std::string render_bootstrap_lock(const std::string& archetype, Timestamp now);

}  // namespace gs::session
