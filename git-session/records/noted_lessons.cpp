#include "records/noted_lessons.h"

#include "formats/json.h"

namespace gs::records {

std::string noted_line(const Lesson& lesson, Timestamp noted_at) {
  const Json value = {{"noted_at", format_utc(noted_at)}, {"type", lesson.type},
                      {"subject", lesson.subject},        {"insight", lesson.insight},
                      {"evidence", lesson.evidence},      {"contradicts", lesson.contradicts}};
  return formats::to_json_line(value) + "\n";
}

std::vector<Lesson> parse_noted(std::string_view text) {
  std::vector<Lesson> lessons;
  for (const formats::JsonLines::Record& record : formats::parse_json_lines(text).records) {
    const auto text_of = [&](const char* key) {
      const auto found = record.value.find(key);
      return found != record.value.end() && found->is_string() ? found->get<std::string>()
                                                               : std::string();
    };
    const auto contradicts = record.value.find("contradicts");
    Lesson lesson{text_of("type"), text_of("subject"), text_of("insight"), text_of("evidence"),
                  contradicts != record.value.end() && *contradicts == true};
    if (!lesson.type.empty() && !lesson.subject.empty()) lessons.push_back(std::move(lesson));
  }
  return lessons;
}

}  // namespace gs::records
