#pragma once

#include <functional>
#include <string>

#include "checks/notes/drift.h"
#include "close/context.h"

namespace gs::close {

// How to ask the tracker in use whether an issue is closed. Empty if it cannot be asked; `why` then
// says the reason.
[[nodiscard]] std::function<checks::IssueState(long)> issue_states(const Context& context,
                                                                   std::string* why);

}  // namespace gs::close
