#pragma once

#include <string>

#include "close/context.h"

namespace gs::close {

// Decision gate=issue: files it in the tracker in use, or queues it; answers with what --json shows
// under "issues".
[[nodiscard]] Json file_gate_issue(Context& context, const std::string& failure);

}  // namespace gs::close
