#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "session/finding.h"

namespace gs::checks {

// A commit as far as its message can be held against it.
struct CommitFacts {
  std::string oid;  // abbreviated
  std::string message;
  std::vector<std::string> touched;                    // paths that it changes
  std::function<bool(const std::string&)> is_in_tree;  // whether its tree has a path
};
// Files that the message says were added and that the commit does not touch, and files that it says
// were removed and that are still there untouched. Only plain statements count: "add src/a.c",
// "- remove `old.py`".
[[nodiscard]] std::vector<session::Finding> check_claims(const CommitFacts& commit);

}  // namespace gs::checks
