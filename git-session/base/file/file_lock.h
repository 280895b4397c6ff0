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

// An exclusive advisory lock (flock) on a file that names its holder. The kernel lets go of it when
// the holder dies, however it dies, so there is no stale lock.
class FileLock {
 public:
  // Absent when somebody else holds it; `holder` then says who, where that can be read.
  [[nodiscard]] static std::optional<FileLock> try_acquire(const std::string& path, Timestamp now,
                                                           std::optional<LockHolder>* holder);

  // Waits for it, at most `patience`. `what` is what it guards ("the local issues"): when the wait
  // was in vain, the error names it and the holder.
  [[nodiscard]] static FileLock acquire(const std::string& path, std::string_view what,
                                        std::chrono::milliseconds patience = kPatience);
  static constexpr std::chrono::milliseconds kPatience{10'000};

 private:
  explicit FileLock(UniqueFd fd) : fd_(std::move(fd)) {}
  UniqueFd fd_;
};

}  // namespace gs
