#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "config/session_config.h"
#include "session/state_file.h"
#include "session/workspace.h"
#include "support/scoped_environment.h"
#include "support/temp_repo.h"

namespace gs::test {

inline const Timestamp kNow = *parse_iso8601("2026-03-02T08:15:30.250Z");

class FixedClock : public Clock {
 public:
  explicit FixedClock(Timestamp time = kNow) : time_(time) {}
  [[nodiscard]] Timestamp now() const override { return time_; }

 private:
  Timestamp time_;
};

// The message and hint of the Error that `action` throws, as "message | hint"; "" for none.
template <typename Action>
std::string error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.message() + " | " + error.hint();
  }
  return "";
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}
inline bool any_contains(const std::vector<std::string>& texts, const std::string& part) {
  for (const std::string& text : texts) {
    if (contains(text, part)) return true;
  }
  return false;
}

// No platform runs, whatever runs the tests.
class NoPlatform {
  ScopedEnvironment platform_{"SO_PLATFORM", std::nullopt};
  ScopedEnvironment claude_root_{"CLAUDE_PLUGIN_ROOT", std::nullopt};
  ScopedEnvironment claude_code_{"CLAUDECODE", std::nullopt};
  ScopedEnvironment codex_{"CODEX_PLUGIN_ROOT", std::nullopt};
  ScopedEnvironment cursor_{"CURSOR_RULES_DIR", std::nullopt};
};

// Settings as the repository's git config would hold them; a tracked session.
inline session::Workspace workspace_of(const TempRepo& repo, std::string state_directory,
                                       const std::vector<config::Setting>& settings = {}) {
  config::Layer layer;
  layer.settings = settings;
  git::Repository repository = git::Repository::open(repo.path());
  session::Home home(true, repository.common_dir());
  FilePlace place = RepoPath(state_directory);
  return {std::move(repository),
          {},
          session::Platform::None,
          std::nullopt,
          config::resolve({config::default_layer(), layer}),
          std::move(home),
          true,
          std::move(place),
          std::move(state_directory),
          {},
          ""};
}

struct StateText {
  std::string branch = "main";
  std::string status = "active";
  std::string session = "main-2026-03-02-0800";
  std::string start_ref = "";
  std::string body = "\n## Wave History\n\n(none yet)\n\n## Deviations\n\n(none yet)\n";
};
inline std::string state_text(const StateText& state) {
  std::string text =
      "---\nschema-version: 1\nsession-type: feature\nissues: []\n"
      "started_at: 2026-03-02T08:00:00Z\ncurrent-wave: 0\ntotal-waves: 0\n";
  if (!state.branch.empty()) text += "branch: " + state.branch + "\n";
  if (!state.status.empty()) text += "status: " + state.status + "\n";
  if (!state.session.empty()) text += "session: " + state.session + "\n";
  if (!state.start_ref.empty()) text += "session-start-ref: " + state.start_ref + "\n";
  return text + "---\n" + state.body;
}

}  // namespace gs::test
