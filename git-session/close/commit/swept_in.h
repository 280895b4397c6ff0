#pragma once

#include <optional>
#include <vector>

#include "close/context.h"

namespace gs::close {

// What a pre-commit hook made of the planned tree: what it rewrote of planned files, or generated,
// is part of the commit. A file that no commit plans and that was `changed` before the hook ran
// (sorted) refuses it: somebody else's work, or what no gate has seen.
[[nodiscard]] std::optional<PhaseResult> swept_in(const Context& context,
                                                  const std::vector<RepoPath>& changed,
                                                  const git::ObjectId& planned,
                                                  const git::ObjectId& made);

}  // namespace gs::close
