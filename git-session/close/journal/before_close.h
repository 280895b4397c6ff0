#pragma once

#include <string>

#include "close/context.h"
#include "snapshot/names.h"

namespace gs::close {

// The snapshot that is saved before the first write: the way back.
void save_before_close(Context& context);
// Deletes what this journal's close saved, once there is nothing to go back from.
void drop_before_close(const session::Workspace& workspace, const Journal& journal);
[[nodiscard]] bool is_before_close(const snapshot::Name& name);

}  // namespace gs::close
