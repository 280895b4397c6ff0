#include "base/file/line_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "base/error.h"
#include "base/file/file_lock.h"

namespace gs {

LineLock::LineLock(const std::string& path) {
  constexpr std::chrono::milliseconds kPause{10};
  const auto deadline = std::chrono::steady_clock::now() + FileLock::kPatience;
  while (true) {
    fd_ = UniqueFd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!fd_.valid() && errno == ENOENT) return;
    if (!fd_.valid()) throw system_error("open", path, errno);
    const bool is_locked = flock(fd_.get(), LOCK_EX | LOCK_NB) == 0;
    if (!is_locked && errno != EWOULDBLOCK && errno != EINTR)
      throw system_error("lock", path, errno);
    // Another process may have replaced it.
    if (is_locked && is_still_at(fd_.get(), path)) return;
    if (std::chrono::steady_clock::now() >= deadline)
      throw locked_by("'" + path + "'", std::nullopt);
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace gs
