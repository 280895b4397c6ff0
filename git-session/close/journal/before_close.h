#pragma once

#include <string>

#include "close/context.h"
#include "snapshot/names.h"

namespace gs::close {

// The snapshot that is saved before the first write: the way back.
void save_before_close(Context& context);
// Of a close that leaves nothing to go back from: deletes the one that this journal's close saved.
void drop_before_close(const session::Workspace& workspace, const Journal& journal);
[[nodiscard]] bool is_before_close(const snapshot::Name& name);

}  // namespace gs::close
