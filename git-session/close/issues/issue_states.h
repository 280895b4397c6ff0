#pragma once

#include <functional>
#include <memory>
#include <string>

#include "checks/notes/drift.h"
#include "close/context.h"

namespace gs::close {

// How to ask the tracker in use whether an issue is closed.
struct IssueLookup {
  std::function<checks::IssueState(long)> state_of;  // empty if the tracker cannot be asked
  std::string why_not;                               // then the reason
  // What kept it from answering about every issue; those that it was not asked about count as open.
  std::shared_ptr<std::string> trouble = std::make_shared<std::string>();
};
[[nodiscard]] IssueLookup issue_lookup(const Context& context);

}  // namespace gs::close
