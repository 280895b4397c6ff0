#pragma once

#include <optional>
#include <string>

#include "base/clock.h"

namespace gs {

// When the content of what `path` leads to was last changed; absent where that cannot be told.
[[nodiscard]] std::optional<Timestamp> modified_at(const std::string& path);

}  // namespace gs
