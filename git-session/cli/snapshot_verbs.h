#pragma once

#include <optional>
#include <string>

#include "cli/command.h"
#include "session/workspace.h"

// The verbs of `git session snapshot` that only read.
namespace gs::cli {

void add_snapshot_list(CLI::App& app, Invocation& invocation);
void add_snapshot_show(CLI::App& app, Invocation& invocation);

// --session may name a session that is over: its snapshots may be there still.
[[nodiscard]] session::Workspace open_for_snapshots(const Common& common);
// The session to which "wave-N-label" belongs; absent if none is active or it cannot be read.
[[nodiscard]] std::optional<std::string> session_of_names(const session::Workspace& workspace,
                                                          const Common& common);

}  // namespace gs::cli
