#include "records/session_notes.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/file/file.h"
#include "base/screen.h"
#include "formats/markdown.h"
#include "session/state_file.h"

namespace gs::records {
namespace {

constexpr std::string_view kPrefix = "session-";
constexpr std::string_view kSuffix = ".md";

}  // namespace

std::string list_section(std::string_view title, const std::vector<std::string>& lines) {
  std::string text = "\n## " + std::string(title) + "\n\n";
  for (const std::string& line : lines) text += "- " + line + "\n";
  if (lines.empty()) text += "None.\n";
  return text;
}

std::string memory_directory(std::string_view home, std::string_view work_tree) {
  std::string project(work_tree);
  std::replace_if(
      project.begin(), project.end(), [](char c) { return !is_alnum(c); }, '-');
  return join_path(home, "projects/" + project + "/memory");
}

std::string memory_note_name(const std::string& day, const std::vector<std::string>& taken) {
  const std::string plain = std::string(kPrefix) + day;
  std::string name = plain;
  for (int number = 2;
       std::find(taken.begin(), taken.end(), name + std::string(kSuffix)) != taken.end();
       ++number) {
    name = plain + "-" + std::to_string(number);
  }
  return name;
}

std::size_t count_memory_notes(const std::vector<std::string>& names) {
  return static_cast<std::size_t>(
      std::count_if(names.begin(), names.end(), [](const std::string& name) {
        return name.starts_with(kPrefix) && name.ends_with(kSuffix);
      }));
}

std::string render_memory_note(const MemoryNote& note) {
  std::string text = "---\nname: " + note.name +
                     "\ndescription: " + session::plain_scalar(note.description) +
                     "\ntype: project\n---\n";
  text += list_section("Outcomes", note.outcomes);
  text += list_section("Learnings", note.learnings);
  text += list_section("Next Session", note.next);
  return escape_hidden(text);
}

std::string add_to_memory_index(std::string_view index, const std::string& day,
                                const MemoryNote& note) {
  return formats::append_to_section(
      index, "Sessions",
      "- [Session " + day + "](" + note.name + ".md) — " + session::plain_scalar(note.description));
}

std::string render_handover(const Handover& handover) {
  std::string text =
      "# Handover: " + (handover.title.empty() ? "session " + handover.session : handover.title) +
      "\n\n";
  text += "- Session: " + handover.session + "\n";
  text += "- Type: " + (handover.session_type.empty() ? "n/a" : handover.session_type) + "\n";
  text += "- Branch: " + (handover.branch.empty() ? "detached HEAD" : handover.branch) + "\n";
  text += "- Closed: " + handover.closed_at + "\n";
  text += list_section("Tasks Completed", handover.done);
  text += list_section("Resume Point", handover.resume);
  text += list_section("Metrics Changed", handover.metrics);
  text += list_section("Issues Opened", handover.opened);
  text += list_section("Issues Closed", handover.closed);
  return escape_hidden(text);
}

}  // namespace gs::records
