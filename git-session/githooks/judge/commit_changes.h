#pragma once

#include <set>
#include <vector>

#include "githooks/judge/violations.h"

namespace gs::githooks {

// What a commit changes, against its first parent (a root commit: against nothing).
[[nodiscard]] std::vector<PathChange> changes_of(const git::Repository& repository,
                                                 const git::Commit& commit);
// The same of a commit about to leave: a merge does not answer for what comes unchanged from
// another parent that stays (`leaving` has it not): that is on the remote, or older than the
// session.
[[nodiscard]] std::vector<PathChange> leaving_changes_of(const git::Repository& repository,
                                                         const git::Commit& commit,
                                                         const std::set<git::ObjectId>& leaving);

}  // namespace gs::githooks
