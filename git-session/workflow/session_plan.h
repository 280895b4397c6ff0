#pragma once

#include <optional>
#include <string>

#include "session/plan.h"
#include "session/workspace.h"

namespace gs::workflow {

// The plan file of the open session, byte for byte; absent if it has none. Throws if no session is
// open.
[[nodiscard]] std::optional<std::string> plan_text(const session::Workspace& workspace);
// Replaces it with a file; its commands are trusted if the user brings it. False if that changes
// nothing. Throws, and changes nothing, for anything but a plan, or while a close is writing.
[[nodiscard]] bool set_plan(const session::Workspace& workspace, const std::string& file);
// Opens it, or an example of one, in the user's editor, and replaces it with the result; commands
// that are new in it are trusted. False if nothing was changed. Throws if the result is no plan: it
// is kept, and the message says where.
[[nodiscard]] bool edit_plan(const session::Workspace& workspace);

}  // namespace gs::workflow
