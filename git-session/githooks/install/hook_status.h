#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/config/values.h"
#include "git/repository.h"
#include "githooks/install/hooks_directory.h"
#include "githooks/install/managers.h"

namespace gs::githooks {

// One of our git hooks: its script from hooks/ of the source.
struct HookScript {
  std::string_view name;  // "post-commit"
  std::string_view text;
  bool optional = false;  // only installed on request
};
// In display order.
[[nodiscard]] const std::vector<HookScript>& hook_scripts();
[[nodiscard]] const HookScript* find_hook_script(std::string_view name);  // null: unknown

// What is written: the script, and a last line with its name and the blob id of the lines above,
// which distinguishes an older version from an edited script.
[[nodiscard]] std::string stamped(const HookScript& script);

enum class ScriptOrigin {
  Ours,      // this version's, with or without the last line
  Outdated,  // another version's, unchanged
  Edited,    // ours, changed since
  Other,     // not ours
};
[[nodiscard]] ScriptOrigin origin_of(const HookScript& script, std::string_view content);

enum class HookState {
  Missing,    // nothing is there
  Installed,  // ours runs, or something else hands over to us
  Chained,    // ours runs, and after it (pre-commit: before it) the previous hook
  Outdated,   // another version's script, or one that git does not run because of its mode
  Edited,     // ours, edited by a person
  Foreign,    // another program's or person's, which does not hand over to us
};
[[nodiscard]] std::string_view state_name(HookState state);  // "missing", …

// The state of one git hook.
struct HookStatus {
  const HookScript* script = nullptr;
  HookState state = HookState::Missing;
  std::string path;  // absolute: our script, or where it would be
  Manager manager = Manager::None;
  std::string previous;    // absolute: the hook that ours runs; "" if none
  std::string caller;      // what hands over to us if our script does not: a file, a config key
  bool placeable = false;  // our script can be put at `path`
  std::vector<std::string> advice;  // what to do by hand: a sentence, then the lines to add
};

struct Survey {
  HooksDirectory directory;
  std::vector<HookStatus> hooks;  // every one of hook_scripts()
};
// Read-only. `force`: a directory that others use too, and a hook that depends on its own name, may
// be used.
[[nodiscard]] Survey survey(const git::Repository& repository,
                            const std::vector<git::ConfigValue>& config, bool force);

// Whether a text runs `git-session hook NAME`.
[[nodiscard]] bool hands_over(std::string_view text, std::string_view hook);

// The key ("hook.scope.command") of a hook in git's configuration (hook.<name>.event, .command,
// .enabled) that runs ours on `event`; absent if there is none.
[[nodiscard]] std::optional<std::string> configured_hook(
    const std::vector<git::ConfigValue>& config, std::string_view event);

// Git runs configured hooks since 2.54. `version`: the output of `git version`.
[[nodiscard]] bool runs_configured_hooks(std::string_view version);

// The hook that our script at `path` runs, existing or not: "NAME.before-git-session".
[[nodiscard]] std::string previous_path(const HooksDirectory& directory, std::string_view hook);
// Relative to the top of the work tree if it is below.
[[nodiscard]] std::string shown_path(const git::Repository& repository, const std::string& path);

}  // namespace gs::githooks
