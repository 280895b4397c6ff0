#pragma once

#include <string>

#include "records/transfer.h"
#include "session/workspace.h"

namespace gs::workflow {

// The sessions and learnings of the home in use.
[[nodiscard]] records::Transfer exported_records(const session::Workspace& workspace);

struct ImportedRecords {
  std::size_t sessions = 0, learnings = 0;  // added
  std::size_t known = 0;                    // already known
};
// Adds what the home in use does not have yet. Refuses while a close writes.
ImportedRecords import_records(const session::Workspace& workspace,
                               const records::Transfer& transfer);

}  // namespace gs::workflow
