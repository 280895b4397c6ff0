#pragma once

#include <string>

#include "githooks/answer.h"
#include "githooks/call.h"

namespace gs::githooks {

// Which index git is about to commit. It hands over a private one for `git commit -a` (and -i) and
// for `git commit PATH…`.
enum class CommittedIndex { Own, All, Only };
[[nodiscard]] CommittedIndex committed_index(const std::string& index_file);  // GIT_INDEX_FILE

// Looks at what is about to be committed, as post-commit does afterwards: refuses in `strict`,
// warns in `warn`.
[[nodiscard]] HookAnswer pre_commit(const HookCall& call);

}  // namespace gs::githooks
