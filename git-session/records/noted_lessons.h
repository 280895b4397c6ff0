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
struct Noted {
  std::vector<Lesson> lessons;
  std::string unread;  // the lines that are no note, as they stand: a kill tears one
};
[[nodiscard]] Noted parse_noted(std::string_view text);

}  // namespace gs::records
