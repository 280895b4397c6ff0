#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "githooks/call.h"
#include "records/events.h"
#include "session/state_scan.h"
#include "session/wave_scope.h"

namespace gs::githooks {

// The work tree that contains a directory (absolute, need not exist), found without opening a
// repository: the nearest directory upwards with a ".git". Absent if there is none.
[[nodiscard]] std::optional<HookCall> find_work_tree(const std::string& directory);

// The active sessions in it, on the checked-out branch.
[[nodiscard]] std::vector<session::FoundState> active_sessions(
    const HookCall& call, const std::vector<std::string>& state_directories);

// The configured enforcement for commands, which applies if there is no wave-scope.json. Reads the
// whole configuration.
[[nodiscard]] session::Enforcement configured_command_enforcement(const HookCall& call);

// Appends the event of that session; if git tracks the events file, to the one in the git
// directory, since a hook must not change tracked files. Ignores a failure to do so.
void record_blocked_command(const HookCall& call, const session::FoundState& found,
                            const records::BlockedCommandEvent& event, Timestamp now);

}  // namespace gs::githooks
