#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "records/learnings.h"

// What `git session learn` keeps until the close: git-session/learned/<session>.jsonl in the git
// directory.
namespace gs::records {

// A line, with its end.
[[nodiscard]] std::string noted_line(const Lesson& lesson, Timestamp noted_at);
// Lines that are no note are passed over.
[[nodiscard]] std::vector<Lesson> parse_noted(std::string_view text);

}  // namespace gs::records
