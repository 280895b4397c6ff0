#pragma once

#include <optional>
#include <string>
#include <vector>

#include "git/repository.h"

namespace gs::session {

enum class Platform { None, Claude, Codex, Cursor, Pi };
[[nodiscard]] std::string_view platform_name(
    Platform platform);  // "claude", …, "git-session" for None
[[nodiscard]] std::optional<Platform> platform_named(std::string_view name);
// The running platform, from SO_PLATFORM, else CLAUDE_PLUGIN_ROOT/CLAUDECODE, CODEX_PLUGIN_ROOT,
// CURSOR_RULES_DIR.
[[nodiscard]] Platform running_platform();

// Names at the top of the work tree, in search order: .claude .codex .cursor .pi .orchestrator
[[nodiscard]] const std::vector<std::string>& state_directory_names();

// The state directory of this work tree, in the order of docs/formats.md; `configured` is
// --state-dir or session.state-dir. If several have a session of this branch, the running
// platform's comes first, then the one with an unfinished close. A STATE.md of another branch is
// stale: it counts only without a running platform. Throws if `configured` is not a single name at
// the top.
[[nodiscard]] std::string find_state_directory(const git::Repository& repository,
                                               const std::optional<std::string>& configured);

}  // namespace gs::session
