#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session/plan.h"
#include "session/state_file.h"

namespace gs::session {

// Where the documents of an audience stand (docs/formats.md, "Docs tasks"): what a task without a
// target pattern means. Empty for "vault" (its notes are outside the tree) and unknown ones.
[[nodiscard]] const std::vector<std::string>& audience_patterns(std::string_view audience);

// The target patterns of STATE.md's `docs-tasks` and of the plan's `[[docs]]`; entries that are no
// task are passed over.
[[nodiscard]] std::vector<std::string> docs_patterns(const StateFile& state,
                                                     const std::optional<Plan>& plan);

}  // namespace gs::session
