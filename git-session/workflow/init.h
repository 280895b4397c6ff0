#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "session/workspace.h"

namespace gs::workflow {

struct InitAction {
  std::string file;    // relative to the top
  std::string action;  // created, completed, kept
  std::string detail;
};
struct InitResult {
  std::vector<InitAction> actions;
  std::optional<session::Stack> stack;
};
// Sets the repository up: .git-session.toml with the stack's commands, or, where CLAUDE.md or
// AGENTS.md exists, a "## Session Config" section in it; and .orchestrator/bootstrap.lock.
// Completes what is missing and never overwrites what is there; running it again changes nothing.
[[nodiscard]] InitResult init(const git::Repository& repository, const Clock& clock);

}  // namespace gs::workflow
