#pragma once

#include "base/file/file.h"

namespace gs {

struct Pipe {
  UniqueFd read;
  UniqueFd write;
};

// The descriptor, or a copy above it: never 0, 1 or 2, where a child's own would be put on top.
[[nodiscard]] UniqueFd above_standard(UniqueFd fd);
// Both ends close on exec and are above standard error. Throws when none can be made.
[[nodiscard]] Pipe make_pipe();

}  // namespace gs
