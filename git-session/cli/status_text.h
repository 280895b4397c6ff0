#pragma once

#include <string>

#include "base/clock.h"
#include "cli/terminal.h"
#include "workflow/overview.h"

namespace gs::cli {

// What `git session status` shows to people; at most `most` changes per owner. Ends in "\n".
[[nodiscard]] std::string render_status(const workflow::Overview& overview, const Style& style,
                                        Timestamp now, std::size_t most);

}  // namespace gs::cli
