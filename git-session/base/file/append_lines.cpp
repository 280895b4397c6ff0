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

UniqueFd open_for_append(const std::string& path) {
  constexpr int kFlags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC;
  int fd = open(path.c_str(), kFlags, 0666);
  if (fd < 0 && errno == ENOENT) {
    make_directories(parent_directory(path));
    fd = open(path.c_str(), kFlags, 0666);
  }
  if (fd < 0) {
    throw system_error("append to", path, errno);
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

LockedFile open_locked(const std::string& path) {
  for (;;) {
    LockedFile file{open_for_append(path), 0};
    lock(file.fd.get(), path);
    struct stat opened {};
    struct stat named {};
    if (fstat(file.fd.get(), &opened) != 0) {
      throw system_error("append to", path, errno);
    }
    // Another process may have replaced the file while we waited for the lock.
    if (stat(path.c_str(), &named) == 0 && named.st_dev == opened.st_dev &&
        named.st_ino == opened.st_ino) {
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

}  // namespace

void append_lines(const std::string& path, std::string_view lines) {
  if (lines.empty()) {
    return;
  }
  if (!lines.ends_with('\n')) {
    throw fatal("cannot append to '" + path + "': the last line is not ended");
  }
  const LockedFile file = open_locked(path);
  std::string content(has_torn_tail(file, path) ? "\n" : "");
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
    throw system_error("append to", path, failure);
  }
  if (file.size == 0) {
    sync_directory_of(path);
  }
}

}  // namespace gs
