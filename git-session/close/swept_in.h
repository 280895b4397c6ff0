#pragma once

#include <optional>

#include "close/context.h"

namespace gs::close {

// What a pre-commit hook made of the planned tree, told by owner: what it rewrote of this commit's
// files, or generated, is part of the commit. A file that was changed before the hook ran and is
// not this commit's refuses it: somebody else's work, or work that is planned for another commit.
[[nodiscard]] std::optional<PhaseResult> swept_in(const Context& context,
                                                  const git::ObjectId& planned,
                                                  const git::ObjectId& made);

}  // namespace gs::close
