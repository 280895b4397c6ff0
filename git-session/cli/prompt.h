#pragma once

#include <optional>
#include <string>

#include "cli/terminal.h"
#include "session/decision.h"

namespace gs::cli {

// Asks on the terminal, until it is answered: a key, a name or its beginning, Enter for the
// recommended choice; of files numbers, and a key with numbers ("1,3-5", "w2"). "?" explains the
// choices, "d" shows what has changed in the files. Absent at the end of input. `set_off`: an empty
// line comes first.
[[nodiscard]] std::optional<session::Answer> ask_on_terminal(const session::Decision& decision,
                                                             const Style& style,
                                                             bool set_off = true);

}  // namespace gs::cli
