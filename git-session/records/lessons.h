#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

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

}  // namespace gs::records
