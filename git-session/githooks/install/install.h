#pragma once

#include <set>
#include <string>
#include <vector>

#include "githooks/install/hook_status.h"

namespace gs::githooks {

// What became of one hook.
struct HookChange {
  HookStatus status;   // as it was before
  std::string action;  // installed, chained, updated, kept, left; removed, restored
  std::vector<std::string> advice;
};

struct InstallRequest {
  std::set<std::string> with;  // optional hooks
  bool force = false;
  bool dry_run = false;
};
// Installs pre-push, post-commit, the optional hooks that are asked for, and brings those of ours
// up to date that are there. "left": there is something that is not touched, the advice says what
// to do. Runs twice without harm. Throws where hooks are switched off or cannot be written.
[[nodiscard]] std::vector<HookChange> install(const git::Repository& repository,
                                              const std::vector<git::ConfigValue>& config,
                                              const InstallRequest& request);
// Removes scripts of ours that nobody has changed, and puts back what was there before; also what
// an installation that was killed has left. Hooks that have nothing of ours are not in the answer.
[[nodiscard]] std::vector<HookChange> uninstall(const git::Repository& repository,
                                                const std::vector<git::ConfigValue>& config,
                                                bool dry_run);

}  // namespace gs::githooks
