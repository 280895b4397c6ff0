#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "base/error.h"
#include "base/file/file.h"
#include "base/file/file_lock.h"

namespace gs {
namespace {

struct LockedFile {
  UniqueFd fd;
  off_t size = 0;
};

// A name in an open directory (or AT_FDCWD, and a path).
struct Target {
  int directory;
  std::string name;
  std::string shown;
  int more_flags = 0;
};

UniqueFd open_for_append(const Target& target) {
  const int flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | target.more_flags;
  int fd = openat(target.directory, target.name.c_str(), flags, 0666);
  if (fd < 0 && errno == ENOENT && target.directory == AT_FDCWD) {
    make_directories(parent_directory(target.name));
    fd = openat(target.directory, target.name.c_str(), flags, 0666);
  }
  if (fd < 0) {
    throw system_error("append to", target.shown, errno);
  }
  return UniqueFd(fd);
}

void lock(int fd, const std::string& path) {
  constexpr std::chrono::milliseconds kPause{10};
  const auto deadline = std::chrono::steady_clock::now() + FileLock::kPatience;
  while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) throw system_error("lock", path, errno);
    // Our own writers take the list's lock first, so another program holds this one.
    if (std::chrono::steady_clock::now() >= deadline)
      throw locked_by("'" + path + "'", std::nullopt);
    std::this_thread::sleep_for(kPause);
  }
}

LockedFile open_locked(const Target& target) {
  for (;;) {
    LockedFile file{open_for_append(target), 0};
    struct stat opened {};
    struct stat named {};
    if (fstat(file.fd.get(), &opened) != 0) {
      throw system_error("append to", target.shown, errno);
    }
    if (target.directory != AT_FDCWD && !S_ISREG(opened.st_mode))
      throw fatal("'" + target.shown + "' is not a regular file");
    lock(file.fd.get(), target.shown);
    if (fstat(file.fd.get(), &opened) != 0) {
      throw system_error("append to", target.shown, errno);
    }
    // Another process may have replaced the file while we waited for the lock.
    const int flags = (target.more_flags & O_NOFOLLOW) != 0 ? AT_SYMLINK_NOFOLLOW : 0;
    if (fstatat(target.directory, target.name.c_str(), &named, flags) == 0 &&
        named.st_dev == opened.st_dev && named.st_ino == opened.st_ino) {
      file.size = opened.st_size;
      return file;
    }
  }
}

bool has_torn_tail(const LockedFile& file, const std::string& path) {
  if (file.size == 0) {
    return false;
  }
  char last = '\n';
  ssize_t count = 0;
  do {
    count = pread(file.fd.get(), &last, 1, file.size - 1);
  } while (count < 0 && errno == EINTR);
  if (count < 0) {
    throw system_error("append to", path, errno);
  }
  return last != '\n';
}

void append_to(const Target& target, std::string_view lines) {
  if (lines.empty()) {
    return;
  }
  if (!lines.ends_with('\n')) {
    throw fatal("cannot append to '" + target.shown + "': the last line is not ended");
  }
  const LockedFile file = open_locked(target);
  std::string content(has_torn_tail(file, target.shown) ? "\n" : "");
  content += lines;
  int failure = write_fully(file.fd.get(), content);
  if (failure == 0 && fsync(file.fd.get()) != 0 && errno != EINVAL) {
    failure = errno;
  }
  if (failure != 0) {
    // Removes a partial line, and any line that we report as not written. If this fails too, the
    // next writer ends the torn line.
    if (ftruncate(file.fd.get(), file.size) == 0) {
      fsync(file.fd.get());
    }
    throw system_error("append to", target.shown, failure);
  }
  if (file.size > 0) return;
  if (target.directory == AT_FDCWD) sync_directory_of(target.name);
  if (target.directory != AT_FDCWD) sync_directory(target.directory);
}

}  // namespace

void append_lines(const std::string& path, std::string_view lines) {
  append_to({AT_FDCWD, path, path}, lines);
}

void append_lines_at(int directory, const std::string& name, std::string_view lines,
                     const std::string& shown) {
  append_to({directory, name, shown, O_NOFOLLOW | O_NONBLOCK}, lines);
}

}  // namespace gs
