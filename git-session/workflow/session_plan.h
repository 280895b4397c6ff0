#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/error.h"

#include "session/plan.h"
#include "session/workspace.h"

namespace gs::workflow {

// The plan file of the open session, byte for byte; absent if it has none. Throws if no session is
// open.
[[nodiscard]] std::optional<std::string> plan_text(const session::Workspace& workspace);
// Replaces it with a file; its commands are trusted if the user brings it. False if that changes
// nothing. Throws, and changes nothing, for anything but a plan, or while a close is writing.
[[nodiscard]] bool set_plan(const session::Workspace& workspace, const std::string& file);
struct EditDialog {
  std::function<void(const std::string& draft)> reopens = {};
  std::function<bool(const Error& mistake)> again = {};  // whether to open the editor once more
};
// Opens it in the user's editor, or the draft that an edit has left, or an example, and replaces it
// with the result; commands that are new in it are trusted. False if nothing was changed. Throws if
// the result is no plan: it stays as the draft.
[[nodiscard]] bool edit_plan(const session::Workspace& workspace, const EditDialog& dialog = {});

}  // namespace gs::workflow
