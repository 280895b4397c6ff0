#include "session/state_directory.h"

#include "base/names.h"
#include "base/process/process.h"

namespace gs::session {

namespace {

constexpr auto kPlatformNames = std::to_array<Name<Platform>>({{Platform::None, "git-session"},
                                                               {Platform::Claude, "claude"},
                                                               {Platform::Codex, "codex"},
                                                               {Platform::Cursor, "cursor"},
                                                               {Platform::Pi, "pi"}});
static_assert(is_complete(kPlatformNames));

bool is_set(const char* name) {
  const auto value = environment_variable(name);
  return value && !value->empty();
}

}  // namespace

std::string_view platform_name(Platform platform) {
  return name_of(kPlatformNames, platform);
}

std::optional<Platform> platform_named(std::string_view name) {
  return named(kPlatformNames, name);
}

Platform running_platform() {
  const std::string variable = environment_variable("SO_PLATFORM").value_or("");
  const auto platform = named(kPlatformNames, variable);
  if (platform && *platform != Platform::None) return *platform;
  if (is_set("CLAUDE_PLUGIN_ROOT") || is_set("CLAUDECODE")) return Platform::Claude;
  if (is_set("CODEX_PLUGIN_ROOT")) return Platform::Codex;
  if (is_set("CURSOR_RULES_DIR")) return Platform::Cursor;
  return Platform::None;
}

const std::vector<std::string>& state_directory_names() {
  static const std::vector<std::string> names = {".claude", ".codex", ".cursor", ".pi",
                                                 ".orchestrator"};
  return names;
}

}  // namespace gs::session
