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

// The facts of a session that lessons are derived from.
struct SessionFacts {
  std::string session_type;  // feature, deep, housekeeping
  std::size_t commits = 0;
  std::map<std::string, std::size_t> commits_by_file;
  std::vector<session::Wave> waves;
  std::size_t planned = 0, completed = 0, carried_over = 0;
  std::vector<std::string> deviations;
  std::map<std::string, std::size_t> stagnation_classes;
};

// The lessons of a session's facts, by fixed rules (docs/formats.md, "Learnings").
[[nodiscard]] std::vector<Lesson> lessons_of(const SessionFacts& facts);

// A line, with its end, of git-session/learned/<session>.jsonl in the git directory, which keeps
// the notes of `git session learn` until the close.
[[nodiscard]] std::string noted_line(const Lesson& lesson, Timestamp noted_at);
struct Noted {
  std::vector<Lesson> lessons;
  std::string unread;  // lines that are not a note, unchanged: a kill may tear one
};
[[nodiscard]] Noted parse_noted(std::string_view text);

}  // namespace gs::records
