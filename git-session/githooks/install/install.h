#pragma once

#include <set>
#include <string>
#include <vector>

#include "githooks/install/hook_status.h"

namespace gs::githooks {

// The result for one hook.
struct HookChange {
  HookStatus status;   // before the change
  std::string action;  // installed, chained, updated, kept, left; removed, restored
  std::vector<std::string> advice;
};

struct InstallRequest {
  std::set<std::string> with;  // optional hooks
  bool force = false;
  bool dry_run = false;
};
// Installs pre-push, post-commit and the requested optional hooks, and updates those of ours that
// are installed. "left": something there must not be touched, and `advice` says what to do. Can run
// repeatedly. Throws if hooks are switched off or cannot be written; none is installed then.
[[nodiscard]] std::vector<HookChange> install(const git::Repository& repository,
                                              const std::vector<git::ConfigValue>& config,
                                              const InstallRequest& request);
// Writes those of our scripts again that are another version's or not executable, and nothing else.
[[nodiscard]] std::vector<HookChange> refresh(const git::Repository& repository,
                                              const std::vector<git::ConfigValue>& config,
                                              bool dry_run);
// Removes our unedited scripts and restores what was there before; also removes what a killed
// installation left. Hooks without anything of ours are not in the result.
[[nodiscard]] std::vector<HookChange> uninstall(const git::Repository& repository,
                                                const std::vector<git::ConfigValue>& config,
                                                bool dry_run);

}  // namespace gs::githooks
