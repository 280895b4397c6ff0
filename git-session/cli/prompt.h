#pragma once

#include <optional>
#include <string>

#include "cli/terminal.h"
#include "session/decision.h"

namespace gs::cli {

// Asks on the terminal: the detail, the choices with the recommended one first, and the answer by
// name, by its number or (nothing typed) the recommended one. Absent at the end of input.
[[nodiscard]] std::optional<std::string> ask_on_terminal(const session::Decision& decision,
                                                         const Style& style);

}  // namespace gs::cli
