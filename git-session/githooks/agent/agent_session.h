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

// The work tree that a directory (absolute, need not exist) lies in, found without a repository
// being opened: the nearest directory upwards with a ".git". Absent where there is none.
[[nodiscard]] std::optional<HookCall> find_work_tree(const std::string& directory);

// The sessions that go on in it, on the branch that is checked out.
[[nodiscard]] std::vector<session::FoundState> active_sessions(
    const HookCall& call, const std::vector<std::string>& state_directories);

// The configured enforcement of commands: what counts where there is no wave-scope.json. Reads the
// whole configuration.
[[nodiscard]] session::Enforcement configured_command_enforcement(const HookCall& call);

// Appends the event; where git tracks the events, to those in the git directory, since a hook
// changes no tracked file. A failure to do so changes nothing else.
void record_blocked_command(const HookCall& call, const records::BlockedCommandEvent& event,
                            Timestamp now);

}  // namespace gs::githooks
