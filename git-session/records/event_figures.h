#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

// What is read from events.jsonl (docs/formats.md, "Events").
namespace gs::records {

// What one session's events add up to.
struct EventFigures {
  std::size_t stagnations = 0;
  std::map<std::string, std::size_t> stagnation_patterns;
  std::map<std::string, std::size_t> stagnation_classes;
  std::set<std::string> stagnation_files;

  std::size_t groundings = 0;
  std::set<std::string> grounding_files;
  std::size_t grounding_lines = 0;

  std::size_t violations_blocked = 0;  // of the scope, where it is enforced strictly
  std::size_t commands_blocked = 0;
  std::size_t warnings = 0;  // violations and commands that were let through
};

// Adds those of a file's text. Lines of other sessions, torn ones and ones that are no event are passed over.
void count_events(std::string_view text, std::string_view session, EventFigures& figures);

}  // namespace gs::records
