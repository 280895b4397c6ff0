#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file/file.h"
#include "base/process/process.h"

namespace gs {

// Where programs are looked up when PATH is not set.
inline constexpr std::string_view kDefaultPath = "/usr/local/bin:/usr/bin:/bin";

// The files that execution of `name` tries, in order (execvp's rule): `name` itself if it contains
// a '/', else one for each directory of `search_path`; an empty one is the working directory.
[[nodiscard]] std::vector<std::string> program_candidates(
    std::string_view name, const std::optional<std::string>& search_path);

struct Pipe {
  UniqueFd read;
  UniqueFd write;
};
// The descriptor, or a copy above standard error: never 0, 1 or 2, which a child's own replace.
[[nodiscard]] UniqueFd above_standard(UniqueFd fd);
// Both ends close on exec and are above standard error. Throws when none can be made.
[[nodiscard]] Pipe make_pipe();

// Kills a process group when we are killed (SIGKILL): that reaches the child, but not what the
// child started. A process of its own holds the other end of a pipe and sees it close.
class GroupGuard {
 public:
  // `group`: its id. Throws when no pipe can be made; if no process can be, there is no guard.
  explicit GroupGuard(pid_t group);
  GroupGuard(const GroupGuard&) = delete;
  GroupGuard& operator=(const GroupGuard&) = delete;
  ~GroupGuard();  // leaves the group alone

 private:
  UniqueFd alive_;
  pid_t pid_ = -1;
};

// A child process and our ends of its pipes. Not valid if the program could not be executed. A
// child that was not reaped is killed with its group and reaped at the end of scope.
class Child {
 public:
  // Throws when no process can be made, or when it cannot enter its working directory.
  Child(const std::vector<std::string>& argv, const ProcessOptions& options);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  [[nodiscard]] pid_t pid() const { return pid_; }  // -1 once it was reaped
  // 0, or the errno of a failed execution; then there is nothing to wait for.
  [[nodiscard]] int exec_failure() const { return exec_failure_; }
  // Whether it has ended. Does not reap it, so its id is not reused.
  [[nodiscard]] bool has_ended() const;
  // To the whole group, or to the child alone if it shares our group.
  void send(int signal) const;
  // Waits for the end; the status from waitpid(2).
  int reap();

  // Becomes readable when the child ends; not valid if the system has no pidfd.
  [[nodiscard]] const UniqueFd& end_notice() const { return end_notice_; }

  // Non-blocking; not valid if there is no such pipe.
  UniqueFd input;
  UniqueFd input_rest;  // the child's end of `input`: counts what it leaves in the pipe
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
