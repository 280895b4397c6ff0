#pragma once

#include <optional>

#include "session/pauses.h"
#include "session/workspace.h"
#include "snapshot/restore/shelf.h"
#include "snapshot/store.h"

namespace gs::workflow {

// The files and index entries that `pause --shelve` takes out of the work tree and `resume` brings
// back: the session's own changes, but for those that stay, and a tracked session's STATE.md.
[[nodiscard]] snapshot::ShelfRequest shelf_of(const session::Workspace& workspace,
                                              const session::Pauses& pauses);
// In which they are saved; absent if nothing was dirty, or it is gone.
[[nodiscard]] std::optional<snapshot::Snapshot> shelving_snapshot(const git::Repository& repository,
                                                                  const session::Pauses& pauses);

}  // namespace gs::workflow
