#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <utility>

#ifdef __linux__
#include <sys/syscall.h>
#endif

#include "base/process/child.h"

namespace gs {
namespace {

// The guard must not hold any pipe open, including ours to the child.
void close_all_but(int kept) {
#if defined(SYS_close_range)
  if ((kept == 0 || syscall(SYS_close_range, 0U, static_cast<unsigned>(kept) - 1U, 0U) == 0) &&
      syscall(SYS_close_range, static_cast<unsigned>(kept) + 1U, ~0U, 0U) == 0) {
    return;
  }
#endif
  const long limit = sysconf(_SC_OPEN_MAX);
  const int end = limit < 0 || limit > 4096 ? 4096 : static_cast<int>(limit);
  for (int fd = 0; fd < end; ++fd) {
    if (fd != kept) close(fd);
  }
}

// Only async-signal-safe calls. All signals are blocked, so that Ctrl-C does not end it.
[[noreturn]] void watch(int alive, pid_t group) {
  setsid();
  close_all_but(alive);
  char nothing = 0;  // is ever written: the pipe is only closed
  while (read(alive, &nothing, 1) < 0 && errno == EINTR) {
  }
  kill(-group, SIGKILL);
  _exit(0);
}

}  // namespace

GroupGuard::GroupGuard(pid_t group) {
  Pipe pipe = make_pipe();
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_ = fork();
  if (pid_ == 0) {
    watch(pipe.read.get(), group);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  alive_ = std::move(pipe.write);
}

GroupGuard::~GroupGuard() {
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);  // before it can see the pipe close
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace gs
