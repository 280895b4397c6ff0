#include "base/process/child.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>
#include <utility>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include "base/error.h"
#include "base/process/trace2.h"
#include "base/process/users_umask.h"

extern char** environ;

namespace gs {
namespace {

// ---- What the child needs, prepared before fork: between fork and exec it must not allocate ----

struct ExecPlan {
  std::vector<std::string> candidates;
  std::vector<std::string> environment;
  std::vector<const char*> argv;
  std::vector<const char*> shell_argv;  // of a script without "#!", as execvp runs it
  std::vector<const char*> envp;
  const char* working_directory = nullptr;
  bool own_session = true;
  int death_signal = SIGKILL;
  int standard[3] = {-1, -1, -1};  // its stdin, stdout and stderr; -1: inherited
  int report = -1;                 // where a failure is reported
  std::vector<int> kept;           // other descriptors that it inherits
  pid_t parent = -1;
};

std::map<std::string, std::string, std::less<>> child_environment(const ProcessOptions& options) {
  std::map<std::string, std::string, std::less<>> variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (const std::size_t equals = text.find('='); equals != std::string_view::npos) {
      variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  for (const auto& [name, value] : options.environment) {
    if (value) {
      variables[name] = *value;
    } else {
      variables.erase(name);
    }
  }
  return variables;
}

void fill_plan(ExecPlan& plan, const std::vector<std::string>& argv,
               const ProcessOptions& options) {
  const auto variables = child_environment(options);
  const auto path = variables.find("PATH");
  plan.candidates = program_candidates(
      argv[0], path == variables.end() ? std::nullopt : std::optional<std::string>(path->second));
  for (const auto& [name, value] : variables) {
    plan.environment.emplace_back(name).append("=").append(value);
  }
  for (const std::string& variable : plan.environment) {
    plan.envp.push_back(variable.c_str());
  }
  plan.envp.push_back(nullptr);
  plan.shell_argv = {"sh", nullptr};  // [1] is the candidate
  for (const std::string& argument : argv) {
    plan.argv.push_back(argument.c_str());
    if (plan.argv.size() > 1) {
      plan.shell_argv.push_back(argument.c_str());
    }
  }
  plan.argv.push_back(nullptr);
  plan.shell_argv.push_back(nullptr);
  if (!options.working_directory.empty()) {
    plan.working_directory = options.working_directory.c_str();
  }
  plan.own_session = !options.foreground;
  plan.death_signal = options.ends_itself ? SIGTERM : SIGKILL;
  if (trace2::is_on()) plan.kept = trace2::inherited_descriptors();
  plan.parent = getpid();
}

// ---- Descriptors ----

// Keeps our end, which is non-blocking, and returns the child's.
UniqueFd keep_end(UniqueFd& kept, UniqueFd ours, UniqueFd childs) {
  fcntl(ours.get(), F_SETFL, fcntl(ours.get(), F_GETFL) | O_NONBLOCK);
  kept = std::move(ours);
  return childs;
}

struct ChildEnds {
  UniqueFd input;
  UniqueFd out;
  UniqueFd err;
};

ChildEnds open_streams(Child& child, const ProcessOptions& options) {
  ChildEnds ends;
  if (!options.inherit_input) {
    if (options.input.empty()) {
      ends.input = above_standard(UniqueFd(open("/dev/null", O_RDONLY | O_CLOEXEC)));
      if (!ends.input.valid()) {
        throw system_error("open", "/dev/null", errno);
      }
    } else {
      Pipe pipe = make_pipe();
      ends.input = keep_end(child.input, std::move(pipe.write), std::move(pipe.read));
    }
  }
  if (!options.inherit_output) {
    Pipe out = make_pipe();
    ends.out = keep_end(child.out, std::move(out.read), std::move(out.write));
    if (!options.merge_stderr) {
      Pipe err = make_pipe();
      ends.err = keep_end(child.err, std::move(err.read), std::move(err.write));
    }
  }
  return ends;
}

// ---- The child, between fork and exec: only async-signal-safe calls ----

enum class Step : int { Directory, Execute };
struct Failure {
  Step step;
  int error_number;
};

[[noreturn]] void report_and_exit(const ExecPlan& plan, Step step, int error_number) {
  const Failure failure{step, error_number};
  // Smaller than PIPE_BUF, so the write is atomic.
  while (write(plan.report, &failure, sizeof failure) < 0 && errno == EINTR) {
  }
  _exit(127);
}

// Descriptors that we inherited without close-on-exec.
void close_others_on_exec() {
#if defined(SYS_close_range)
  constexpr unsigned kCloseOnExec = 1U << 2U;  // CLOSE_RANGE_CLOEXEC
  if (syscall(SYS_close_range, STDERR_FILENO + 1U, ~0U, kCloseOnExec) == 0) {
    return;
  }
#endif
  const long limit = sysconf(_SC_OPEN_MAX);
  const int end = limit < 0 || limit > 4096 ? 4096 : static_cast<int>(limit);
  for (int fd = STDERR_FILENO + 1; fd < end; ++fd) {
    if (const int flags = fcntl(fd, F_GETFD); flags >= 0) {
      fcntl(fd, F_SETFD, flags | FD_CLOEXEC);
    }
  }
}

// All signals are blocked here. A signal sent meanwhile must end the child, not run a handler of
// its parent.
void reset_signals() {
  struct sigaction action {};
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    if (sigaction(signal, nullptr, &action) == 0 && action.sa_handler != SIG_IGN) {
      action = {};
      action.sa_handler = SIG_DFL;
      sigaction(signal, &action, nullptr);
    }
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

void die_with_parent(pid_t parent, [[maybe_unused]] int signal) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, signal);
#endif
  if (getppid() != parent) {
    _exit(127);  // the parent died before the line above
  }
}

int execute(ExecPlan& plan) {
  int failure = ENOENT;
  for (const std::string& candidate : plan.candidates) {
    const char* path = candidate.c_str();
    execve(path, const_cast<char**>(plan.argv.data()), const_cast<char**>(plan.envp.data()));
    if (errno == ENOEXEC) {
      plan.shell_argv[1] = path;
      execve("/bin/sh", const_cast<char**>(plan.shell_argv.data()),
             const_cast<char**>(plan.envp.data()));
    }
    if (errno == EACCES) {
      failure = EACCES;  // a later directory may have an executable one
    } else if (errno != ENOENT && errno != ENOTDIR) {
      return errno;
    }
  }
  return failure;
}

[[noreturn]] void become_program(ExecPlan& plan) {
  die_with_parent(plan.parent, plan.death_signal);
  if (plan.own_session) {
    setsid();
  }
  for (int i = 0; i < 3; ++i) {
    if (plan.standard[i] >= 0) {
      dup2(plan.standard[i], i);
    }
  }
  close_others_on_exec();
  for (const int fd : plan.kept) fcntl(fd, F_SETFD, 0);
  if (plan.working_directory != nullptr && chdir(plan.working_directory) != 0) {
    report_and_exit(plan, Step::Directory, errno);
  }
  reset_signals();
  if (const int mask = users_umask(); mask >= 0) umask(static_cast<mode_t>(mask));
  report_and_exit(plan, Step::Execute, execute(plan));
}

// ---- The parent ----

pid_t fork_blocked(ExecPlan& plan) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t pid = fork();
  if (pid == 0) {
    become_program(plan);
  }
  const int failure = errno;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = failure;
  return pid;
}

// Absent when exec succeeded, which closed the pipe.
std::optional<Failure> wait_for_exec(int fd) {
  Failure failure{};
  ssize_t count = 0;
  do {
    count = read(fd, &failure, sizeof failure);
  } while (count < 0 && errno == EINTR);
  return count == static_cast<ssize_t>(sizeof failure) ? std::optional(failure) : std::nullopt;
}

UniqueFd open_end_notice([[maybe_unused]] pid_t pid) {
#if defined(SYS_pidfd_open)
  return UniqueFd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
#else
  return {};
#endif
}

}  // namespace

Child::Child(const std::vector<std::string>& argv, const ProcessOptions& options)
    : own_group_(!options.foreground) {
  ExecPlan plan;
  fill_plan(plan, argv, options);
  ChildEnds ends = open_streams(*this, options);
  if (input.valid() && options.needs_input_read) {
    input_rest = UniqueFd(fcntl(ends.input.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  }
  Pipe report = make_pipe();
  plan.standard[0] = ends.input.get();
  plan.standard[1] = ends.out.get();
  plan.standard[2] = options.merge_stderr ? ends.out.get() : ends.err.get();
  plan.report = report.write.get();

  pid_ = fork_blocked(plan);
  if (pid_ < 0) {
    throw fatal("cannot start '" + argv[0] + "': " + std::strerror(errno));
  }
  report.write.close();
  if (const auto failure = wait_for_exec(report.read.get())) {
    reap();
    if (failure->step == Step::Directory) {
      throw system_error("enter", options.working_directory, failure->error_number);
    }
    exec_failure_ = failure->error_number;
    return;
  }
  end_notice_ = open_end_notice(pid_);
  if (options.group_ends_with_us && own_group_) guard_.emplace(pid_);
}

Child::~Child() {
  if (pid_ > 0) {
    send(SIGKILL);
    reap();
  }
}

bool Child::has_ended() const {
  siginfo_t info{};
  // Any error but EINTR is ECHILD: it was reaped elsewhere, and there is nothing to wait for.
  const int result = waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
  return result == 0 ? info.si_pid == pid_ : errno != EINTR;
}

void Child::send(int signal) const {
  kill(own_group_ ? -pid_ : pid_, signal);
}

int Child::reap() {
  int status = 0;
  guard_.reset();  // before the child is reaped: its group's id cannot be reused until then
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return status;
}

}  // namespace gs
