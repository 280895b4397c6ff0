#pragma once

#include "close/journal/journal.h"
#include "close/pipeline.h"

namespace gs::close {

// Puts back the files and records that the journal's close wrote, leaves commits where they are,
// and ends the journal.
[[nodiscard]] AbortResult roll_back(const session::Workspace& workspace, Journal& journal);

}  // namespace gs::close
