#pragma once

#include <string>
#include <vector>

#include "session/workspace.h"

namespace gs::workflow {

struct MovedFile {
  FilePlace from, to;
};
// Carries records and local issues over to the other home and makes that the one of new sessions,
// in this clone's configuration. Lines that the other home has already stay. Refuses, before
// anything is written, while a session is open, and where both homes have another issue of one
// number. A move that was interrupted is finished by the next.
[[nodiscard]] std::vector<MovedFile> move_records(const session::Workspace& workspace,
                                                  bool tracked);

}  // namespace gs::workflow
