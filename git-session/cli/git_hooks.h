#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace gs::cli {

// What an installed hook of git runs; absent when git has no such hook of ours. A git operation is
// never stopped by a failure of ours: that is one warning.
[[nodiscard]] std::optional<ExitCode> run_git_hook(std::string_view name,
                                                   std::vector<std::string> arguments);

}  // namespace gs::cli
