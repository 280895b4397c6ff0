#pragma once

#include <optional>
#include <string>
#include <vector>

#include "git/object_id.h"
#include "session/workspace.h"

namespace gs::session {

// The commit that a session started from.
struct BaseCommit {
  std::optional<git::ObjectId> commit;  // absent: the empty tree
  std::string reason;
  bool guessed = false;  // nothing says where the session started
};

// `option` (--base), else `start_ref` while it exists, else the merge base with the remote's
// default branch, else the empty tree. Throws when `option` names no commit.
[[nodiscard]] BaseCommit choose_base(const Workspace& workspace,
                                     const std::optional<std::string>& option,
                                     const std::string& start_ref,
                                     std::vector<std::string>& warnings);

}  // namespace gs::session
