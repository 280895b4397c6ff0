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
// The running one, from SO_PLATFORM, else CLAUDE_PLUGIN_ROOT/CLAUDECODE, CODEX_PLUGIN_ROOT,
// CURSOR_RULES_DIR.
[[nodiscard]] Platform running_platform();

// Names at the top of the work tree, in the order in which they are looked for: .claude .codex
// .cursor .pi .orchestrator
[[nodiscard]] const std::vector<std::string>& state_directory_names();

// The state directory of this work tree, by docs/formats.md's order; `configured` is --state-dir or
// session.state-dir. Where several hold a session of this branch, the running platform's comes
// first, then the one whose close is unfinished. A STATE.md of another branch is stale: it counts
// only when no platform runs. Throws when a configured one is no single name at the top.
[[nodiscard]] std::string find_state_directory(const git::Repository& repository,
                                               const std::optional<std::string>& configured);

}  // namespace gs::session
