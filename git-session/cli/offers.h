#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace gs::cli {

// What there is to choose from where a completion asks: "snapshots", "sessions" (open ones),
// "paused", "closed" and "issues". Names with other than plain characters are left out, so that no
// shell has anything to quote. Nothing is run, no tracker is asked, and what cannot be read is not
// offered.
[[nodiscard]] std::vector<std::string> offered(std::string_view kind, const Common& common);

}  // namespace gs::cli
