// Stands between a program and the C library's writing calls.
#include "calls.h"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>

namespace {

using fault::Call;
using fault::Kind;
using fault::next;

// Makes a call unless it has to fail.
template <typename Result, typename Make>
Result through(Call call, Make make) {
  if (const int failure = fault::before(call); failure != 0) {
    errno = failure;
    return -1;
  }
  const Result result = make();
  if (result < 0) return result;
  const int kept = errno;
  fault::after(call, static_cast<int>(result));
  errno = kept;
  return result;
}

bool writes(int flags) {
  return (flags & (O_CREAT | O_TRUNC)) != 0;
}

mode_t mode_of(int flags, va_list arguments) {
  return (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
}

int open_by(const char* function, const char* path, int flags, mode_t mode) {
  const auto make = [&] {
    return next<int (*)(const char*, int, ...)>(function)(path, flags, mode);
  };
  if (!writes(flags)) return make();
  return through<int>({.name = (flags & O_CREAT) != 0 ? "create" : "truncate",
                       .kind = Kind::Entry,
                       .directory = AT_FDCWD,
                       .path = path,
                       .size = (flags & O_TRUNC) != 0 ? 0 : -1},
                      make);
}

int openat_by(const char* function, int directory, const char* path, int flags, mode_t mode) {
  const auto make = [&] {
    return next<int (*)(int, const char*, int, ...)>(function)(directory, path, flags, mode);
  };
  if (!writes(flags)) return make();
  return through<int>({.name = (flags & O_CREAT) != 0 ? "create" : "truncate",
                       .kind = Kind::Entry,
                       .directory = directory,
                       .path = path,
                       .size = (flags & O_TRUNC) != 0 ? 0 : -1},
                      make);
}

int rename_by(int from_directory, const char* from, int to_directory, const char* to,
              unsigned flags) {
  constexpr unsigned kExchange = 2;
  return through<int>({.name = "rename",
                       .kind = Kind::Entry,
                       .directory = to_directory,
                       .path = to,
                       .from_directory = from_directory,
                       .from = from,
                       .exchanges = (flags & kExchange) != 0},
                      [&] {
                        if (flags == 0) {
                          return next<int (*)(int, const char*, int, const char*)>("renameat")(
                              from_directory, from, to_directory, to);
                        }
                        return next<int (*)(int, const char*, int, const char*, unsigned)>(
                            "renameat2")(from_directory, from, to_directory, to, flags);
                      });
}

int sync_by(const char* function, int fd) {
  return through<int>({.name = function, .kind = Kind::Sync, .fd = fd},
                      [&] { return next<int (*)(int)>(function)(fd); });
}

}  // namespace

extern "C" {

ssize_t write(int fd, const void* bytes, size_t size) {
  return through<ssize_t>({.name = "write", .kind = Kind::Data, .fd = fd}, [&] {
    return next<ssize_t (*)(int, const void*, size_t)>("write")(fd, bytes, size);
  });
}

ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  return through<ssize_t>({.name = "pwrite", .kind = Kind::Data, .fd = fd}, [&] {
    return next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64")(fd, bytes, size, at);
  });
}

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  return pwrite64(fd, bytes, size, at);
}

int fsync(int fd) {
  return sync_by("fsync", fd);
}

int fdatasync(int fd) {
  return sync_by("fdatasync", fd);
}

int syncfs(int fd) noexcept {
  return sync_by("syncfs", fd);
}

int ftruncate64(int fd, off64_t size) noexcept {
  return through<int>({.name = "ftruncate", .kind = Kind::Other, .fd = fd, .size = size},
                      [&] { return next<int (*)(int, off64_t)>("ftruncate64")(fd, size); });
}

int ftruncate(int fd, off_t size) noexcept {
  return ftruncate64(fd, size);
}

int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return open_by("open64", path, flags, mode);
}

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return open_by("open", path, flags, mode);
}

int openat64(int directory, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return openat_by("openat64", directory, path, flags, mode);
}

int openat(int directory, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return openat_by("openat", directory, path, flags, mode);
}

int rename(const char* from, const char* to) noexcept {
  return rename_by(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int renameat(int from_directory, const char* from, int to_directory, const char* to) noexcept {
  return rename_by(from_directory, from, to_directory, to, 0);
}

int renameat2(int from_directory, const char* from, int to_directory, const char* to,
              unsigned flags) noexcept {
  return rename_by(from_directory, from, to_directory, to, flags);
}

int symlinkat(const char* target, int directory, const char* path) noexcept {
  return through<int>(
      {.name = "symlink", .kind = Kind::Entry, .directory = directory, .path = path}, [&] {
        return next<int (*)(const char*, int, const char*)>("symlinkat")(target, directory, path);
      });
}

int symlink(const char* target, const char* path) noexcept {
  return symlinkat(target, AT_FDCWD, path);
}

int linkat(int from_directory, const char* from, int directory, const char* to,
           int flags) noexcept {
  return through<int>({.name = "link",
                       .kind = Kind::Entry,
                       .directory = directory,
                       .path = to,
                       .from_directory = from_directory,
                       .from = from},
                      [&] {
                        return next<int (*)(int, const char*, int, const char*, int)>("linkat")(
                            from_directory, from, directory, to, flags);
                      });
}

int link(const char* from, const char* to) noexcept {
  return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int unlink(const char* path) noexcept {
  return through<int>(
      {.name = "unlink", .kind = Kind::Removal, .directory = AT_FDCWD, .path = path},
      [&] { return next<int (*)(const char*)>("unlink")(path); });
}

int unlinkat(int directory, const char* path, int flags) noexcept {
  return through<int>(
      {.name = (flags & AT_REMOVEDIR) != 0 ? "rmdir" : "unlink",
       .kind = Kind::Removal,
       .directory = directory,
       .path = path},
      [&] { return next<int (*)(int, const char*, int)>("unlinkat")(directory, path, flags); });
}

int rmdir(const char* path) noexcept {
  return through<int>({.name = "rmdir", .kind = Kind::Removal, .directory = AT_FDCWD, .path = path},
                      [&] { return next<int (*)(const char*)>("rmdir")(path); });
}

int mkdirat(int directory, const char* path, mode_t mode) noexcept {
  return through<int>(
      {.name = "mkdir", .kind = Kind::Entry, .directory = directory, .path = path},
      [&] { return next<int (*)(int, const char*, mode_t)>("mkdirat")(directory, path, mode); });
}

int mkdir(const char* path, mode_t mode) noexcept {
  return mkdirat(AT_FDCWD, path, mode);
}

int fchmod(int fd, mode_t mode) noexcept {
  return through<int>({.name = "chmod", .kind = Kind::Other, .fd = fd},
                      [&] { return next<int (*)(int, mode_t)>("fchmod")(fd, mode); });
}

int fchmodat(int directory, const char* path, mode_t mode, int flags) noexcept {
  return through<int>({.name = "chmod", .kind = Kind::Other, .directory = directory, .path = path},
                      [&] {
                        return next<int (*)(int, const char*, mode_t, int)>("fchmodat")(
                            directory, path, mode, flags);
                      });
}

int chmod(const char* path, mode_t mode) noexcept {
  return through<int>({.name = "chmod", .kind = Kind::Other, .directory = AT_FDCWD, .path = path},
                      [&] { return next<int (*)(const char*, mode_t)>("chmod")(path, mode); });
}

pid_t fork() noexcept {
  return through<pid_t>({.name = "fork", .kind = Kind::Other}, next<pid_t (*)()>("fork"));
}

}  // extern "C"
