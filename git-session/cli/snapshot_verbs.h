#pragma once

#include <optional>
#include <string>

#include "cli/command.h"
#include "session/workspace.h"

// The verbs of `git session snapshot` that only read.
namespace gs::cli {

void add_snapshot_list(CLI::App& app, Invocation& invocation);
void add_snapshot_show(CLI::App& app, Invocation& invocation);

// The session to which "wave-N-label" belongs; absent if none is active or it cannot be read.
[[nodiscard]] std::optional<std::string> session_of_names(const session::Workspace& workspace);

}  // namespace gs::cli
