#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// The notes that a session leaves for people and for the next session.
namespace gs::records {

// "## <title>" with a bullet for each line, or "None."
[[nodiscard]] std::string list_section(std::string_view title,
                                       const std::vector<std::string>& lines);

// The note about a session in the Claude project directory of the user (docs/formats.md, "Session
// memory").
struct MemoryNote {
  std::string name;         // session-2026-11-22, session-2026-11-22-2
  std::string description;  // one line
  std::vector<std::string> outcomes;
  std::vector<std::string> learnings;
  std::vector<std::string> next;
};

// The directory of a project's notes: `home` is ~/.claude, and every byte of the work tree's path
// other than a letter or digit becomes '-'.
[[nodiscard]] std::string memory_directory(std::string_view home, std::string_view work_tree);
// "session-<day>", with "-2" and so on if it is in `taken` (the directory's file names).
[[nodiscard]] std::string memory_note_name(const std::string& day,
                                           const std::vector<std::string>& taken);
[[nodiscard]] std::size_t count_memory_notes(const std::vector<std::string>& names);

[[nodiscard]] std::string render_memory_note(const MemoryNote& note);
// MEMORY.md with a line for the note under "## Sessions".
[[nodiscard]] std::string add_to_memory_index(std::string_view index, const std::string& day,
                                              const MemoryNote& note);

// session-handover/<session>.md in the state directory (docs/formats.md, "Handover").
struct Handover {
  std::string session, title, session_type, branch;
  std::string closed_at;  // as from format_utc
  std::vector<std::string> done;
  std::vector<std::string> resume;   // where to continue, most important first
  std::vector<std::string> metrics;  // "Files changed: 12"
  std::vector<std::string> opened;   // issues
  std::vector<std::string> closed;
};

[[nodiscard]] std::string render_handover(const Handover& handover);

}  // namespace gs::records
