#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "base/file/file.h"

namespace gs {

struct LockHolder {
  long pid = 0;
  Timestamp since;
};

// "pid 4711 since 2026-11-22T12:59:15.123Z"; "another process" when the holder cannot be read.
[[nodiscard]] std::string describe_holder(const std::optional<LockHolder>& holder);
// "cannot change <what>: locked by <holder>"
[[nodiscard]] Error locked_by(std::string_view what, const std::optional<LockHolder>& holder);

// Whether the opened file is the one that has the name: a lock on one that was removed or replaced
// meanwhile excludes no other process.
[[nodiscard]] bool is_still_at(int fd, const std::string& path);

// An exclusive advisory lock (flock) on a file that names its holder. The kernel releases it
// however the holder dies, so it never becomes stale.
class FileLock {
 public:
  // Absent when another process holds it; `holder` is then that process, if it can be read.
  [[nodiscard]] static std::optional<FileLock> try_acquire(const std::string& path, Timestamp now,
                                                           std::optional<LockHolder>* holder);

  // Waits for at most `patience`, then throws an error that names the holder and `what`, the data
  // that the lock guards ("the local issues").
  [[nodiscard]] static FileLock acquire(const std::string& path, std::string_view what,
                                        std::chrono::milliseconds patience = kPatience);
  static constexpr std::chrono::milliseconds kPatience{10'000};

 private:
  explicit FileLock(UniqueFd fd) : fd_(std::move(fd)) {}
  UniqueFd fd_;
};

}  // namespace gs
