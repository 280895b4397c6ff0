#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "session/events.h"
#include "session/finding.h"
#include "session/wave_history.h"

namespace gs::checks {

// How a session's agents ended and what its guards caught. Informational: it blocks nothing.
struct Safety {
  session::AgentCounts agents;
  std::size_t violations = 0;                      // violations of the scope
  std::size_t refused = 0;                         // of them, those refused by strict enforcement
  std::size_t blocked = 0;                         // commands
  std::optional<std::size_t> isolated, fallbacks;  // agents whose notes mention worktrees
  std::size_t broken_lines = 0;                    // of the events
  std::vector<session::Finding> findings;
  // Spiral and failed agents without an issue whose task no later agent completed.
  std::vector<session::AgentRun> carryover;
};
[[nodiscard]] Safety check_safety(const std::vector<session::Wave>& waves,
                                  const session::Events& events);

}  // namespace gs::checks
