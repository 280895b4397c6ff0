#include "base/file/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <thread>

#include "base/file/file.h"
#include "base/file/lock_state.h"

namespace gs {
namespace {

UniqueFd open_lock(const std::string& path) {
  constexpr int kFlags = O_RDWR | O_CREAT | O_CLOEXEC;
  int fd = open(path.c_str(), kFlags, 0666);
  if (fd < 0 && errno == ENOENT) {
    make_directories(parent_directory(path));
    fd = open(path.c_str(), kFlags, 0666);
  }
  if (fd < 0) {
    throw system_error("lock", path, errno);
  }
  return UniqueFd(fd);
}

// False when another process holds it.
bool try_lock(int fd, const std::string& path) {
  while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      return false;
    }
    if (errno != EINTR) {
      throw system_error("lock", path, errno);
    }
  }
  return true;
}

void write_holder(int fd, Timestamp now) {
  const std::string content = std::to_string(getpid()) + " " + format_utc(now) + "\n";
  // Only informative: the lock must be available even on a full disk.
  if (ftruncate(fd, 0) == 0) {
    static_cast<void>(write_fully(fd, content));
  }
}

}  // namespace

bool is_still_at(int fd, const std::string& path) {
  struct stat opened {};
  struct stat named {};
  return fstat(fd, &opened) == 0 && stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

std::string describe_holder(const std::optional<LockHolder>& holder) {
  if (!holder) return "another process";
  return "pid " + std::to_string(holder->pid) + " since " + format_utc(holder->since);
}

Error locked_by(std::string_view what, const std::optional<LockHolder>& holder) {
  return fatal("cannot change " + std::string(what) + ": locked by " + describe_holder(holder))
      .with_hint("wait for it, or end that process");
}

std::optional<FileLock> FileLock::try_acquire(const std::string& path, Timestamp now,
                                              std::optional<LockHolder>* holder) {
  if (holder != nullptr) {
    holder->reset();
  }
  for (;;) {
    UniqueFd fd = open_lock(path);
    if (!try_lock(fd.get(), path)) {
      if (holder != nullptr) {
        *holder = read_holder(path);
      }
      return std::nullopt;
    }
    if (is_still_at(fd.get(), path)) {
      write_holder(fd.get(), now);
      return FileLock(std::move(fd));
    }
  }
}

FileLock FileLock::acquire(const std::string& path, std::string_view what,
                           std::chrono::milliseconds patience) {
  using std::chrono::milliseconds;
  constexpr milliseconds kLongestPause{50};
  const auto deadline = std::chrono::steady_clock::now() + patience;
  for (milliseconds pause{1};; pause = std::min(2 * pause, kLongestPause)) {
    std::optional<LockHolder> holder;
    if (auto lock = try_acquire(path, SystemClock().now(), &holder)) return std::move(*lock);
    if (std::chrono::steady_clock::now() >= deadline) throw locked_by(what, holder);
    std::this_thread::sleep_for(pause);
  }
}

}  // namespace gs
