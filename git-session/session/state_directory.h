#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

}  // namespace gs::session
