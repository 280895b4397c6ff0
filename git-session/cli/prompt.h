#pragma once

#include <optional>
#include <string>

#include "cli/terminal.h"
#include "session/decision.h"

namespace gs::cli {

// Asks on the terminal: shows the detail and the choices, the recommended one first, and takes a
// name, a number, or Enter for the recommended one. Absent at the end of input.
[[nodiscard]] std::optional<std::string> ask_on_terminal(const session::Decision& decision,
                                                         const Style& style);

}  // namespace gs::cli
