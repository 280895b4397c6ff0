#pragma once

#include <optional>
#include <string>

#include "base/file/file_lock.h"

namespace gs {

// Whether a process holds a FileLock now, found without writing to its file.
struct LockState {
  bool held = false;
  std::optional<LockHolder> holder;  // whom the file names: the one that holds it, or did last
};
// Not held if there is no such file. Throws if it cannot be read.
[[nodiscard]] LockState lock_state(const std::string& path);

// Whom a lock's file names; absent if it cannot be read as such.
[[nodiscard]] std::optional<LockHolder> read_holder(const std::string& path);

}  // namespace gs
