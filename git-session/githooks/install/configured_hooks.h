#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/config/values.h"

namespace gs::githooks {

// Does this text run `git-session hook NAME`?
[[nodiscard]] bool hands_over(std::string_view text, std::string_view hook);

// A hook of git's own configuration (hook.<name>.event, .command, .enabled) that hands over to us
// on `event`: its key, "hook.scope.command". Absent: there is none.
[[nodiscard]] std::optional<std::string> configured_hook(
    const std::vector<git::ConfigValue>& config, std::string_view event);

// Git runs configured hooks from 2.54 on. `version`: what `git version` prints.
[[nodiscard]] bool runs_configured_hooks(std::string_view version);

}  // namespace gs::githooks
