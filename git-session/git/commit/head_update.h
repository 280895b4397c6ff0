#pragma once

#include <optional>
#include <string>

#include "git/object_id.h"
#include "git/repository.h"

namespace gs::git {

// HEAD as a new commit expects it, and where it is to be.
struct HeadUpdate {
  std::optional<std::string> branch;  // "main"; absent: HEAD is detached
  std::optional<ObjectId> from;       // absent: the branch is unborn
  ObjectId to;
  std::string reflog;  // "commit: the subject"
};

// A compare-and-swap: the branch that HEAD names, or a detached HEAD, goes from `from` to `to`,
// with the reflog entries that git writes. False, and nothing is changed, when HEAD names another
// branch or is somewhere else by now. Whatever HEAD names a moment later, it is this branch that
// moves. By `git update-ref`, whose locks go with it when we are killed, and which asks a
// reference-transaction hook. Throws where a lock is held for longer than two seconds.
[[nodiscard]] bool update_head(const Repository& repository, const HeadUpdate& update);

}  // namespace gs::git
