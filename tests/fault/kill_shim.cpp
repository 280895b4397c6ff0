// Preloaded into git-session by the fault tests: counts its writing calls, and at the selected one
// kills the process, fails the call, or lets another process act first. Its children are not
// counted.
//   FAULT_AT=N          which call (1 is the first); without it none
//   FAULT_MODE=MODE     kill: SIGKILL before the call. int, term: that signal to the process group
//                       before the call. full, eio, eacces: ENOSPC, EIO or EACCES instead of it.
//                       run: FAULT_COMMAND, to its end, before the call
//   FAULT_COMMAND=TEXT  for `sh -c`, without this library and its variables
//   FAULT_OUTPUT=FILE   where the command's output goes (default: nowhere)
//   FAULT_LOG=FILE      a line for each call: its number, a letter for its kind, name and file
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

#include "calls.h"

extern char** environ;

namespace {

using fault::Call;
using fault::Kind;
using fault::next;

enum class Mode { Kill, Interrupt, Terminate, Full, Eio, Eacces, Run };

pid_t counted = -1;
long wanted = 0;
Mode fault_mode = Mode::Kill;
int log_fd = -1;
std::atomic<long> count{0};

// What the command needs, prepared before fork, because the program has threads.
const char* command = "true";
const char* output = "/dev/null";
std::vector<char*> command_environment;

Mode mode_named(std::string_view name) {
  if (name == "int") return Mode::Interrupt;
  if (name == "term") return Mode::Terminate;
  if (name == "full") return Mode::Full;
  if (name == "eio") return Mode::Eio;
  if (name == "eacces") return Mode::Eacces;
  return name == "run" ? Mode::Run : Mode::Kill;
}

void prepare_command() {
  if (const char* text = std::getenv("FAULT_COMMAND")) command = text;
  if (const char* file = std::getenv("FAULT_OUTPUT")) output = file;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    if (text.rfind("LD_PRELOAD=", 0) != 0 && text.rfind("FAULT_", 0) != 0)
      command_environment.push_back(*variable);
  }
  command_environment.push_back(nullptr);
}

__attribute__((constructor)) void set_up() {
  if (std::strcmp(program_invocation_short_name, "git-session") != 0) return;
  if (const char* at = std::getenv("FAULT_AT")) wanted = std::atol(at);
  if (const char* name = std::getenv("FAULT_MODE")) fault_mode = mode_named(name);
  if (fault_mode == Mode::Run) prepare_command();
  if (const char* log = std::getenv("FAULT_LOG")) {
    log_fd = next<int (*)(const char*, int, ...)>("open")(
        log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  }
  counted = getpid();
}

[[noreturn]] void become_command() {
  const auto open_file = next<int (*)(const char*, int, ...)>("open");
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  dup2(open_file("/dev/null", O_RDONLY), STDIN_FILENO);
  const int out = open_file(output, O_WRONLY | O_CREAT | O_APPEND, 0666);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
  // The other process must not inherit the program's locks and pipes.
  for (int fd = STDERR_FILENO + 1; fd < 256; ++fd) close(fd);
  const char* const arguments[] = {"sh", "-c", command, nullptr};
  execve("/bin/sh", const_cast<char**>(arguments), command_environment.data());
  _exit(127);
}

void run_command() {
  const pid_t child = next<pid_t (*)()>("fork")();
  if (child == 0) become_command();
  while (child > 0 && waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
}

// Whether the call could fail in this mode, if calls fail in it.
bool may_fail(Kind kind) {
  switch (fault_mode) {
    case Mode::Full:
      return kind == Kind::Data || kind == Kind::Entry;
    case Mode::Eacces:
      return kind == Kind::Entry || kind == Kind::Removal;
    default:
      return true;
  }
}

// False for the terminal, pipes to children, and the like.
bool counts(int fd, Kind& kind) {
  struct stat status {};
  if (fd <= STDERR_FILENO || fstat(fd, &status) != 0) return false;
  if (!S_ISREG(status.st_mode) && kind == Kind::Data) kind = Kind::Other;
  return S_ISREG(status.st_mode) || S_ISFIFO(status.st_mode) || S_ISDIR(status.st_mode);
}

char letter_of(Kind kind) {
  switch (kind) {
    case Kind::Data:
      return 'D';
    case Kind::Entry:
      return 'E';
    case Kind::Removal:
      return 'R';
    case Kind::Sync:
      return 'S';
    case Kind::Other:
      break;
  }
  return 'O';
}

void write_log(long number, Kind kind, const Call& call) {
  char name[256] = "";
  if (call.fd >= 0) {
    char link[64];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", call.fd);
    const ssize_t length = readlink(link, name, sizeof name - 1);
    name[length < 0 ? 0 : length] = '\0';
  }
  char line[512];
  const int length = std::snprintf(line, sizeof line, "%ld %c %s %s\n", number, letter_of(kind),
                                   call.name, call.path != nullptr ? call.path : name);
  const auto size = static_cast<std::size_t>(length) < sizeof line
                        ? static_cast<std::size_t>(length)
                        : sizeof line - 1;
  static_cast<void>(next<ssize_t (*)(int, const void*, std::size_t)>("write")(log_fd, line, size));
}

int strike() {
  switch (fault_mode) {
    case Mode::Kill:
      raise(SIGKILL);
      return 0;
    case Mode::Interrupt:
      kill(0, SIGINT);
      return 0;
    case Mode::Terminate:
      kill(0, SIGTERM);
      return 0;
    case Mode::Run:
      run_command();
      return 0;
    case Mode::Full:
      return ENOSPC;
    case Mode::Eio:
      return EIO;
    case Mode::Eacces:
      return EACCES;
  }
  return 0;
}

}  // namespace

namespace fault {

int before(Call& call) {
  if (getpid() != counted) return 0;  // between fork and exec, too
  Kind kind = call.kind;
  if (call.fd >= 0 && !counts(call.fd, kind)) return 0;
  const long number = ++count;
  if (log_fd >= 0) write_log(number, kind, call);
  return number == wanted && may_fail(kind) ? strike() : 0;
}

void after(const Call& /*call*/, int /*fd*/) {}

}  // namespace fault
