#pragma once

#include <sys/types.h>

#include "base/file/file.h"

namespace gs {

// Kills a process group when we die without a word (SIGKILL), which reaches a child but not what
// the child started: a process of its own holds the other end of a pipe and sees it close.
class GroupGuard {
 public:
  // `group`: its id. Throws when no pipe can be made; without a process there is no guard.
  explicit GroupGuard(pid_t group);
  GroupGuard(const GroupGuard&) = delete;
  GroupGuard& operator=(const GroupGuard&) = delete;
  ~GroupGuard();  // lets the group be

 private:
  UniqueFd alive_;
  pid_t pid_ = -1;
};

}  // namespace gs
