#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/file.h"

namespace gs {

struct LockHolder {
  long pid = 0;
  Timestamp since;
};

// An exclusive advisory lock (flock) on a file that names its holder. The kernel lets go of it when
// the holder dies, however it dies, so there is no stale lock.
class FileLock {
 public:
  // Absent when somebody else holds it; `holder` then says who, where that can be read.
  [[nodiscard]] static std::optional<FileLock> try_acquire(const std::string& path, Timestamp now,
                                                           std::optional<LockHolder>* holder);

 private:
  explicit FileLock(UniqueFd fd) : fd_(std::move(fd)) {}
  UniqueFd fd_;
};

}  // namespace gs
