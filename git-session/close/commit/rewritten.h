#pragma once

#include <vector>

#include "close/context.h"

namespace gs::close {

// The commits as a rebase or an amend has made them anew since: of those that the branch no longer
// has, the one with its author's time and its message, else with its time and its changes. One that
// is nowhere stays as it was.
[[nodiscard]] std::vector<MadeCommit> as_they_are_now(const git::Repository& repository,
                                                      std::vector<MadeCommit> made);

}  // namespace gs::close
