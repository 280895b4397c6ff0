#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "base/file/file.h"
#include "base/process/group_guard.h"
#include "base/process/process.h"

namespace gs {

// A child process and our ends of its pipes. Not valid where the program could not be executed.
// One that was not reaped is killed with its group and reaped at the end of scope.
class Child {
 public:
  // Throws when no process can be made, or when it cannot enter its working directory.
  Child(const std::vector<std::string>& argv, const ProcessOptions& options);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  // 0, or the errno with which execution of the program failed; then there is nothing to wait for.
  [[nodiscard]] int exec_failure() const { return exec_failure_; }
  // Whether it has ended. It is not reaped by this, so that its id stays its own.
  [[nodiscard]] bool has_ended() const;
  // To the whole group, or to the child alone where it shares ours.
  void send(int signal) const;
  // Waits for the end; the status as waitpid(2) gives it.
  int reap();

  // Becomes readable when the child ends; not valid where the system has no such thing.
  [[nodiscard]] const UniqueFd& end_notice() const { return end_notice_; }

  // Non-blocking; not valid where there is no such pipe.
  UniqueFd input;
  UniqueFd input_rest;  // the child's end of `input`: what it leaves in the pipe can be counted
  UniqueFd out;
  UniqueFd err;

 private:
  pid_t pid_ = -1;
  bool own_group_ = true;
  int exec_failure_ = 0;
  UniqueFd end_notice_;
  std::optional<GroupGuard> guard_;
};

}  // namespace gs
