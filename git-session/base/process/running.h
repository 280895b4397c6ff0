#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace gs {

struct RunningProcess {
  long pid = 0;
  std::vector<std::string> argv;
  Timestamp started;
};
// The processes whose working directory is `directory` (absolute, real) or below it, as far as this
// user may see them; not this one, and none that has started it. Absent where the system does not
// tell (anything but Linux).
[[nodiscard]] std::optional<std::vector<RunningProcess>> processes_in(const std::string& directory);

}  // namespace gs
