#pragma once

#include <string>

#include "base/process/process.h"
#include "close/context.h"

namespace gs::close {

struct PushTarget {
  std::string remote;
  std::string source;   // what is pushed: the branch's full name
  std::string branch;   // on the remote, short
  std::string why_not;  // why there is nothing to push to; "" if there is
};
// The upstream of the close's branch on the configured remote, else a branch of the same name. A
// branch that is checked out meanwhile is not pushed; if the close's branch was renamed or deleted
// meanwhile, the close's last commit is.
[[nodiscard]] PushTarget push_target(const Context& context);
[[nodiscard]] PushTarget mirror_target(const Context& context);
// `git push REMOTE SOURCE:refs/heads/BRANCH`; git has the terminal, so that it can ask for
// credentials.
[[nodiscard]] ProcessResult run_push(Context& context, const PushTarget& target);

}  // namespace gs::close
