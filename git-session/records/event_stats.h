#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <set>
#include <string>

#include "session/events.h"

namespace gs::records {

// What a session's events add up to in its record (docs/formats.md, "Events").
struct EventStats {
  std::size_t stagnations = 0;
  std::map<std::string, std::size_t> stagnation_patterns;
  std::map<std::string, std::size_t> stagnation_classes;
  std::set<std::string> stagnation_files;

  std::size_t groundings = 0;
  std::set<std::string> grounding_files;
  std::size_t grounding_lines = 0;

  // How long each wave took: from its start to its end, or to the start of the next one where its
  // end is not told.
  std::map<long, std::chrono::milliseconds> wave_durations;
};
[[nodiscard]] EventStats count_events(const session::Events& events);

}  // namespace gs::records
