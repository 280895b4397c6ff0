#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/objects/stored_objects.h"
#include "git/repository.h"

namespace gs::git {

// Repository::commits_without for several tips in one walk.
[[nodiscard]] std::vector<ObjectId> commits_of_tips(const Repository& repository,
                                                    const std::vector<ObjectId>& tips,
                                                    const std::vector<ObjectId>& hidden,
                                                    std::size_t limit);

// The same, of the objects alone. `visit` sees each commit when it is read; one of a few (where
// clocks were wrong) may turn out to be hidden later, and is then missing in the result.
[[nodiscard]] std::vector<ObjectId> walk_history(
    const StoredObjects& objects, const std::vector<ObjectId>& tips,
    const std::vector<ObjectId>& hidden, std::size_t limit = SIZE_MAX,
    const std::function<void(const Commit&)>& visit = {});

// A line of HEAD's reflog.
struct HeadMove {
  std::optional<ObjectId> from;  // absent: the oldest line available
  ObjectId to;
  std::string message;  // "commit: the subject"; "" if none was given
};

// Newest first. A move that is missing in the reflog (another worktree has committed to the branch)
// comes first, with no message.
[[nodiscard]] std::vector<HeadMove> head_moves(const Repository& repository, std::size_t limit);

// Whether the git command that wrote the message updates index and work tree along with HEAD.
// Plumbing does not, nor does a push or fetch into a checked-out branch.
[[nodiscard]] bool moves_index_along(std::string_view reflog_message);

}  // namespace gs::git
