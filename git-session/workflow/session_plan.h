#pragma once

#include <optional>
#include <string>

#include "session/plan.h"
#include "session/workspace.h"

namespace gs::workflow {

// The plan file of the open session, byte for byte; absent if it has none. Throws if no session is
// open.
[[nodiscard]] std::optional<std::string> plan_text(const session::Workspace& workspace);
// Replaces it. Throws, and changes nothing, if `text` is no plan (`source` is for the message) or a
// close is writing already.
void replace_plan(const session::Workspace& workspace, const std::string& text,
                  const std::string& source);
// Opens it, or an example of one, in the user's editor, and replaces it with the result. False if
// nothing was changed. Throws if the result is no plan: it is kept, and the message says where.
[[nodiscard]] bool edit_plan(const session::Workspace& workspace);

}  // namespace gs::workflow
