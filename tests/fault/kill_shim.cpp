// Preloaded into git-session by the fault tests: counts its writing calls, and at the selected one
// kills the process, fails the call, or lets another process act first. Its children are not
// counted.
//   FAULT_AT=N          which call (1 is the first); without it none
//   FAULT_MODE=MODE     kill: SIGKILL before the call. full, eio: ENOSPC or EIO instead of it.
//                       run: FAULT_COMMAND, to its end, before the call
//   FAULT_COMMAND=TEXT  for `sh -c`, without this library and its variables
//   FAULT_OUTPUT=FILE   where the command's output goes (default: nowhere)
//   FAULT_LOG=FILE      a line for each call
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

extern char** environ;

namespace {

enum class Mode { Kill, Full, Eio, Run };

pid_t counted = -1;
long wanted = 0;
Mode fault = Mode::Kill;
int log_fd = -1;
std::atomic<long> count{0};

// What the command needs, prepared before fork, because the program has threads.
const char* command = "true";
const char* output = "/dev/null";
std::vector<char*> command_environment;

template <typename Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

Mode mode_named(std::string_view name) {
  if (name == "full") return Mode::Full;
  if (name == "eio") return Mode::Eio;
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
  if (const char* name = std::getenv("FAULT_MODE")) fault = mode_named(name);
  if (fault == Mode::Run) prepare_command();
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

// Whether a full disk could make the call fail.
enum class Needs : bool { Nothing, Space };

// True if the call has to fail.
bool strikes(const char* call, const char* what, Needs needs) {
  if (getpid() != counted) return false;  // between fork and exec, too
  if (fault == Mode::Full && needs == Needs::Nothing) return false;
  const long number = ++count;
  if (log_fd >= 0) {
    char line[512];
    const int length = std::snprintf(line, sizeof line, "%ld %s %s\n", number, call, what);
    const auto size = static_cast<std::size_t>(length) < sizeof line
                          ? static_cast<std::size_t>(length)
                          : sizeof line - 1;
    static_cast<void>(
        next<ssize_t (*)(int, const void*, std::size_t)>("write")(log_fd, line, size));
  }
  if (number != wanted) return false;
  switch (fault) {
    case Mode::Kill:
      raise(SIGKILL);
      return false;
    case Mode::Run:
      run_command();
      return false;
    case Mode::Full:
      errno = ENOSPC;
      return true;
    case Mode::Eio:
      errno = EIO;
      return true;
  }
  return false;
}

bool strikes(const char* call, int fd, Needs needs) {
  struct stat status {};
  if (fd <= STDERR_FILENO || fstat(fd, &status) != 0) return false;
  if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode) && !S_ISDIR(status.st_mode))
    return false;
  char link[64];
  char name[256];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t length = readlink(link, name, sizeof name - 1);
  name[length < 0 ? 0 : length] = '\0';
  return strikes(call, name, S_ISREG(status.st_mode) ? needs : Needs::Nothing);
}

bool creates(int flags) {
  return (flags & O_CREAT) != 0;
}

mode_t mode_of(int flags, va_list arguments) {
  return creates(flags) ? va_arg(arguments, mode_t) : 0;
}

}  // namespace

extern "C" {

ssize_t write(int fd, const void* bytes, size_t size) {
  if (strikes("write", fd, Needs::Space)) return -1;
  return next<ssize_t (*)(int, const void*, size_t)>("write")(fd, bytes, size);
}

ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  if (strikes("pwrite", fd, Needs::Space)) return -1;
  return next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64")(fd, bytes, size, at);
}

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  return pwrite64(fd, bytes, size, at);
}

int fsync(int fd) {
  if (strikes("fsync", fd, Needs::Nothing)) return -1;
  return next<int (*)(int)>("fsync")(fd);
}

int ftruncate64(int fd, off64_t size) noexcept {
  if (strikes("ftruncate", fd, Needs::Nothing)) return -1;
  return next<int (*)(int, off64_t)>("ftruncate64")(fd, size);
}

int ftruncate(int fd, off_t size) noexcept {
  return ftruncate64(fd, size);
}

int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  if (creates(flags) && strikes("create", path, Needs::Space)) return -1;
  return next<int (*)(const char*, int, ...)>("open64")(path, flags, mode);
}

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  if (creates(flags) && strikes("create", path, Needs::Space)) return -1;
  return next<int (*)(const char*, int, ...)>("open")(path, flags, mode);
}

int openat64(int directory, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  if (creates(flags) && strikes("create", path, Needs::Space)) return -1;
  return next<int (*)(int, const char*, int, ...)>("openat64")(directory, path, flags, mode);
}

int openat(int directory, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  if (creates(flags) && strikes("create", path, Needs::Space)) return -1;
  return next<int (*)(int, const char*, int, ...)>("openat")(directory, path, flags, mode);
}

int rename(const char* from, const char* to) noexcept {
  if (strikes("rename", to, Needs::Space)) return -1;
  return next<int (*)(const char*, const char*)>("rename")(from, to);
}

int renameat(int from_directory, const char* from, int to_directory, const char* to) noexcept {
  if (strikes("rename", to, Needs::Space)) return -1;
  return next<int (*)(int, const char*, int, const char*)>("renameat")(from_directory, from,
                                                                       to_directory, to);
}

int renameat2(int from_directory, const char* from, int to_directory, const char* to,
              unsigned flags) noexcept {
  if (strikes("rename", to, Needs::Space)) return -1;
  return next<int (*)(int, const char*, int, const char*, unsigned)>("renameat2")(
      from_directory, from, to_directory, to, flags);
}

int symlinkat(const char* target, int directory, const char* path) noexcept {
  if (strikes("symlink", path, Needs::Space)) return -1;
  return next<int (*)(const char*, int, const char*)>("symlinkat")(target, directory, path);
}

int link(const char* from, const char* to) noexcept {
  if (strikes("link", to, Needs::Space)) return -1;
  return next<int (*)(const char*, const char*)>("link")(from, to);
}

int linkat(int from_directory, const char* from, int directory, const char* to,
           int flags) noexcept {
  if (strikes("linkat", to, Needs::Space)) return -1;
  return next<int (*)(int, const char*, int, const char*, int)>("linkat")(from_directory, from,
                                                                          directory, to, flags);
}

int symlink(const char* target, const char* path) noexcept {
  if (strikes("symlink", path, Needs::Space)) return -1;
  return next<int (*)(const char*, const char*)>("symlink")(target, path);
}

int unlink(const char* path) noexcept {
  if (strikes("unlink", path, Needs::Nothing)) return -1;
  return next<int (*)(const char*)>("unlink")(path);
}

int unlinkat(int directory, const char* path, int flags) noexcept {
  if (strikes("unlink", path, Needs::Nothing)) return -1;
  return next<int (*)(int, const char*, int)>("unlinkat")(directory, path, flags);
}

int rmdir(const char* path) noexcept {
  if (strikes("rmdir", path, Needs::Nothing)) return -1;
  return next<int (*)(const char*)>("rmdir")(path);
}

int mkdir(const char* path, mode_t mode) noexcept {
  if (strikes("mkdir", path, Needs::Space)) return -1;
  return next<int (*)(const char*, mode_t)>("mkdir")(path, mode);
}

int mkdirat(int directory, const char* path, mode_t mode) noexcept {
  if (strikes("mkdir", path, Needs::Space)) return -1;
  return next<int (*)(int, const char*, mode_t)>("mkdirat")(directory, path, mode);
}

pid_t fork() noexcept {
  if (strikes("fork", "", Needs::Nothing)) return -1;
  return next<pid_t (*)()>("fork")();
}

}  // extern "C"
