#pragma once

#include <string_view>

namespace gs::checks {

// Whether a shell command's exit status is 0 whatever the code does: "true", ":", "exit 0",
// "echo ok", "… || true".
[[nodiscard]] bool cannot_fail(std::string_view command);

}  // namespace gs::checks
