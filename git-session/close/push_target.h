#pragma once

#include <string>

#include "base/process/process.h"
#include "close/context.h"

namespace gs::close {

struct PushTarget {
  std::string remote;
  std::string branch;   // on the remote, short
  std::string why_not;  // why there is nothing to push to; "" when there is
};
// HEAD's upstream branch on the configured remote, else one of its own name.
[[nodiscard]] PushTarget push_target(const Context& context);
[[nodiscard]] PushTarget mirror_target(const Context& context);
// `git push REMOTE HEAD:refs/heads/BRANCH`; the terminal is git's, so that it can ask for
// credentials.
[[nodiscard]] ProcessResult run_push(Context& context, const PushTarget& target);

}  // namespace gs::close
