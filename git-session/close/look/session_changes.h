#pragma once

#include <string>
#include <vector>

#include "close/context.h"

namespace gs::close {

// Reads the work tree into the context: scan, changes since the base, owners, fingerprint. Stores
// nothing.
void collect_changes(Context& context);

// Commits since the session's base, newest first, without those that this close has made.
[[nodiscard]] std::vector<git::ObjectId> session_commits(const Context& context);

// Runs a command of the session, or reuses an earlier pass in this close over exactly the same
// content.
[[nodiscard]] checks::CommandRun run_session_command(Context& context, const std::string& name,
                                                     const std::string& command);

}  // namespace gs::close
