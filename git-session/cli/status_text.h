#pragma once

#include <string>

#include "base/clock.h"
#include "cli/terminal.h"
#include "workflow/overview.h"

namespace gs::cli {

enum class Detail {
  Short,
  Whole,  // -v: every file, and why it is whose
};
// What `git session status` shows to people. Ends in "\n". Paths are as one types them in `prefix`
// (git::relative_path).
[[nodiscard]] std::string render_status(const workflow::Overview& overview, const Style& style,
                                        Timestamp now, Detail detail,
                                        const std::string& prefix = "");

}  // namespace gs::cli
