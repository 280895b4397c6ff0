#pragma once

#include <vector>

#include "close/context.h"

namespace gs::close {

// Secrets in the lines that the planned commits, the records' among them, would add to HEAD.
[[nodiscard]] std::vector<session::Finding> find_staged_secrets(Context& context);

}  // namespace gs::close
