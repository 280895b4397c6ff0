#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "records/learnings.h"
#include "session/wave_history.h"

namespace gs::records {

// What a session can be learned from.
struct SessionFacts {
  std::string session_type;  // feature, deep, housekeeping
  std::size_t commits = 0;
  std::map<std::string, std::size_t> commits_by_file;
  std::vector<session::Wave> waves;
  std::size_t planned = 0, completed = 0, carried_over = 0;
  std::vector<std::string> deviations;
  std::map<std::string, std::size_t> stagnation_classes;
};

// The lessons that a session's facts hold, by fixed rules (docs/formats.md, "Learnings").
[[nodiscard]] std::vector<Lesson> lessons_of(const SessionFacts& facts);

// What `git session learn` keeps until the close: git-session/learned/<session>.jsonl in the git
// directory. A line, with its end.
[[nodiscard]] std::string noted_line(const Lesson& lesson, Timestamp noted_at);
struct Noted {
  std::vector<Lesson> lessons;
  std::string unread;  // the lines that are no note, as they stand: a kill tears one
};
[[nodiscard]] Noted parse_noted(std::string_view text);

}  // namespace gs::records
