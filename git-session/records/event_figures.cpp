#include "records/event_figures.h"

namespace gs::records {
namespace {

// "" where the key is not there or no text.
std::string text_of(const Json& event, const char* key) {
  const auto found = event.find(key);
  return found != event.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::size_t count_of(const Json& event, const char* key) {
  const auto found = event.find(key);
  const bool counts = found != event.end() && found->is_number_integer() &&
                      (found->is_number_unsigned() || found->get<std::int64_t>() >= 0);
  return counts ? found->get<std::size_t>() : 0;
}

void add_text(const std::string& text, std::map<std::string, std::size_t>& counts) {
  if (!text.empty()) ++counts[text];
}
void add_text(const std::string& text, std::set<std::string>& texts) {
  if (!text.empty()) texts.insert(text);
}

}  // namespace

EventFigures count_events(const session::Events& events) {
  EventFigures figures;
  for (const session::Event& event : events.events) {
    if (event.name == "stagnation_detected") {
      ++figures.stagnations;
      add_text(text_of(event.value, "pattern"), figures.stagnation_patterns);
      add_text(text_of(event.value, "error_class"), figures.stagnation_classes);
      add_text(text_of(event.value, "file"), figures.stagnation_files);
    } else if (event.name == "grounding_injected") {
      ++figures.groundings;
      add_text(text_of(event.value, "file"), figures.grounding_files);
      figures.grounding_lines += count_of(event.value, "lines");
    }
  }
  return figures;
}

}  // namespace gs::records
