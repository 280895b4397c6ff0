#pragma once

#include "close/close.h"
#include "close/journal/journal.h"

namespace gs::close {

// Puts back the files and records that the journal's close wrote, leaves commits where they are,
// and finishes the journal.
[[nodiscard]] AbortResult roll_back(const session::Workspace& workspace, Journal& journal);

}  // namespace gs::close
