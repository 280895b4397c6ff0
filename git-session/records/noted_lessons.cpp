#include "records/noted_lessons.h"

#include <set>

#include "base/text.h"
#include "formats/json.h"

namespace gs::records {

std::string noted_line(const Lesson& lesson, Timestamp noted_at) {
  const Json value = {{"noted_at", format_utc(noted_at)}, {"type", lesson.type},
                      {"subject", lesson.subject},        {"insight", lesson.insight},
                      {"evidence", lesson.evidence},      {"contradicts", lesson.contradicts}};
  return formats::to_json_line(value) + "\n";
}

Noted parse_noted(std::string_view text) {
  const formats::JsonLines parsed = formats::parse_json_lines(text);
  const std::vector<std::string_view> lines = split_lines(text);
  std::set<std::size_t> unread(parsed.broken.begin(), parsed.broken.end());
  Noted noted;
  for (const formats::JsonLines::Record& record : parsed.records) {
    const auto text_of = [&](const char* key) {
      const auto found = record.value.find(key);
      return found != record.value.end() && found->is_string() ? found->get<std::string>()
                                                               : std::string();
    };
    const auto contradicts = record.value.find("contradicts");
    Lesson lesson{text_of("type"), text_of("subject"), text_of("insight"), text_of("evidence"),
                  contradicts != record.value.end() && *contradicts == true};
    if (lesson.type.empty() || lesson.subject.empty()) {
      unread.insert(record.line);
    } else {
      noted.lessons.push_back(std::move(lesson));
    }
  }
  for (const std::size_t line : unread) noted.unread.append(lines.at(line - 1)).append("\n");
  return noted;
}

}  // namespace gs::records
