#include "session/state_directory.h"

#include <algorithm>

#include "base/error.h"
#include "base/file/file.h"
#include "base/names.h"
#include "base/process/process.h"
#include "session/closing.h"
#include "session/state_scan.h"

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

std::string directory_of(Platform platform) {
  return platform == Platform::None ? std::string() : "." + std::string(platform_name(platform));
}

bool exists(const git::Repository& repository, const std::string& name) {
  const auto info = file_info(join_path(repository.work_tree(), name));
  return info && (info->type == FileType::Directory || info->type == FileType::Symlink);
}

std::string check_configured(std::string name) {
  if (name.ends_with('/')) name.pop_back();
  if (name == ".git") {
    throw usage_error("'.git' is git's own and no state directory")
        .with_hint("name a directory like '.claude', without a path");
  }
  if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos) {
    throw usage_error("the state directory '" + name +
                      "' is no single name at the top of the work tree")
        .with_hint("name a directory like '.claude', without a path");
  }
  return name;
}

// The state directory with an active session of `branch`; "" if there is none.
std::string directory_in_use(const std::vector<FoundState>& states,
                             const std::optional<std::string>& branch,
                             const std::string& preferred) {
  const FoundState* best = nullptr;
  for (const FoundState& found : states) {
    if (!found.running() || !is_branch_of_state(found.state.branch, branch)) continue;
    if (found.directory == preferred) return preferred;
    if (best == nullptr || (found.closing && !best->closing)) best = &found;
  }
  return best == nullptr ? std::string() : best->directory;
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

std::string find_state_directory(const git::Repository& repository,
                                 const std::optional<std::string>& configured) {
  if (configured) return check_configured(*configured);
  const std::vector<std::string>& names = state_directory_names();
  std::vector<std::string> problems;  // a broken STATE.md is reported when it is read
  const std::vector<FoundState> states =
      scan_states(repository.work_tree(), names, closing_session(repository.git_dir()), problems);
  const std::string platform = directory_of(running_platform());
  const std::string used = directory_in_use(states, repository.head().branch, platform);
  if (!used.empty()) return used;
  if (!platform.empty()) return platform;
  const auto stale = std::find_if(states.begin(), states.end(),
                                  [](const FoundState& found) { return found.running(); });
  if (stale != states.end()) return stale->directory;
  const auto first = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
    return exists(repository, name);
  });
  return first == names.end() ? ".orchestrator" : *first;
}

}  // namespace gs::session
