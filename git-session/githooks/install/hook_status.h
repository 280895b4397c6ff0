#pragma once

#include <string>
#include <vector>

#include "git/repository.h"
#include "githooks/install/hook_scripts.h"
#include "githooks/install/hooks_directory.h"
#include "githooks/install/managers.h"

namespace gs::githooks {

enum class HookState {
  Missing,    // nothing is there
  Installed,  // ours runs, or something else hands over to us
  Chained,    // ours runs, and after it (pre-commit: before it) the hook that was there before
  Outdated,   // another version's script, or one that git does not run for lack of its mode
  Edited,     // ours, changed by a person
  Foreign,    // somebody else's, which does not hand over to us
};
[[nodiscard]] std::string_view state_name(HookState state);  // "missing", …

// One git hook as it stands.
struct HookStatus {
  const HookScript* script = nullptr;
  HookState state = HookState::Missing;
  std::string path;  // absolute: of our script, or of where it would be put
  Manager manager = Manager::None;
  std::string previous;  // absolute: the hook that ours runs; "" none
  std::string caller;    // what hands over to us where no script of ours does: a file, a config key
  bool placeable = false;           // our script can be put at `path`
  std::vector<std::string> advice;  // what to do by hand: a sentence, then the lines to add
};

struct Survey {
  HooksDirectory directory;
  std::vector<HookStatus> hooks;  // every one of hook_scripts()
};
// Looks, and changes nothing. `force`: a directory that is not only this repository's, and a hook
// that goes by its own name, may be used.
[[nodiscard]] Survey survey(const git::Repository& repository,
                            const std::vector<git::ConfigValue>& config, bool force);

// The hook that a script of ours at `path` runs, there or not: "NAME.before-git-session".
[[nodiscard]] std::string previous_path(const HooksDirectory& directory, std::string_view hook);
// Relative to the top of the work tree where it lies below.
[[nodiscard]] std::string shown_path(const git::Repository& repository, const std::string& path);

}  // namespace gs::githooks
