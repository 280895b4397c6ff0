#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// The note about a session in the Claude project directory of the user (docs/formats.md, "Session
// memory").
namespace gs::records {

struct MemoryNote {
  std::string name;         // session-2026-11-22, session-2026-11-22-2
  std::string description;  // one line
  std::vector<std::string> outcomes;
  std::vector<std::string> learnings;
  std::vector<std::string> next;
};

// The directory of a project's notes: `home` is ~/.claude, and every byte of the work tree's path
// that is no letter or digit becomes '-'.
[[nodiscard]] std::string memory_directory(std::string_view home, std::string_view work_tree);
// "session-<day>", with "-2" and so on where `taken` (the directory's file names) has it.
[[nodiscard]] std::string memory_note_name(const std::string& day,
                                           const std::vector<std::string>& taken);
[[nodiscard]] std::size_t count_memory_notes(const std::vector<std::string>& names);

[[nodiscard]] std::string render_memory_note(const MemoryNote& note);
// MEMORY.md with a line for the note under "## Sessions".
[[nodiscard]] std::string add_to_memory_index(std::string_view index, const std::string& day,
                                              const MemoryNote& note);

}  // namespace gs::records
