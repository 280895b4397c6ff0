#include "session/bootstrap.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "config/layer.h"
#include "config/load.h"
#include "formats/yaml.h"

namespace gs::session {

namespace {

constexpr const char* kLock = kBootstrapLock;

std::optional<GateClosed> check_instructions(const git::Repository& repository,
                                             bool agents_file_first) {
  if (repository.files().info(RepoPath(".git-session.toml"))) return std::nullopt;
  const std::string file = config::instruction_file(repository, agents_file_first);
  if (file.empty()) {
    return GateClosed{"no-claude-md", "there is no CLAUDE.md, AGENTS.md or .git-session.toml"};
  }
  const std::string text =
      repository.files().read_linked(RepoPath(file), FileLimit::Note).value_or("");
  if (trim(text).empty()) return GateClosed{"no-claude-md", "'" + file + "' is empty"};
  if (!config::has_session_config(text)) {
    return GateClosed{"no-session-config", "'" + file + "' has no line '## Session Config'"};
  }
  return std::nullopt;
}

bool has_keys(const std::vector<git::ConfigValue>& git_config) {
  return std::any_of(git_config.begin(), git_config.end(), [](const git::ConfigValue& value) {
    return value.key.starts_with("session.");
  });
}

std::optional<GateClosed> check_lock(const git::Repository& repository) {
  Json lock;
  try {
    const auto text = repository.files().read(RepoPath(kLock));
    if (!text)
      return GateClosed{"no-bootstrap-lock", "'" + std::string(kLock) + "' does not exist"};
    lock = formats::parse_yaml(*text, kLock);
  } catch (const Error& error) {
    return GateClosed{"invalid-lock", error.message()};
  }
  for (const char* key : {"version", "tier"}) {
    const bool has = lock.is_object() && lock.contains(key) && !lock[key].is_null();
    if (!has) {
      return GateClosed{"invalid-lock", std::string(kLock) + ":1: '" + key + "' is missing"};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<GateClosed> check_bootstrap(const Workspace& workspace) {
  const bool tracked = workspace.home.tracked();
  auto closed = check_instructions(workspace.repository, workspace.platform == Platform::Codex);
  if (closed && !tracked && has_keys(workspace.git_config)) closed.reset();
  // Files that a stranger's repository has never had; the plugin's users know them.
  if (closed && !tracked) closed->detail.clear();
  if (closed || !tracked) return closed;
  return check_lock(workspace.repository);
}

std::string describe(const GateClosed& closed) {
  return "not set up yet" + (closed.detail.empty() ? "" : ": " + closed.detail);
}

std::string render_bootstrap_lock(const std::string& archetype, Timestamp now) {
  return "version: 1\ntier: standard\narchetype: " + archetype + "\ntimestamp: " + format_utc(now) +
         "\nsource: git-session\n";
}

}  // namespace gs::session
