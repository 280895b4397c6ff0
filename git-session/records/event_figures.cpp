#include "records/event_figures.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "formats/json.h"

namespace gs::records {
namespace {

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

// "stagnation_detected" for "orchestrator.stagnation.detected" too.
std::string plain_name(const Json& event) {
  std::string name = text_of(event, "event");
  std::replace(name.begin(), name.end(), '.', '_');
  constexpr std::string_view kPrefix = "orchestrator_";
  if (name.starts_with(kPrefix)) name.erase(0, kPrefix.size());
  return name;
}

// The file grows with every session: only a line that can count is parsed.
bool may_count(std::string_view line) {
  constexpr std::string_view kWords[] = {"stagnation", "grounding", "violation", "blocked"};
  return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view word) {
    return line.find(word) != std::string_view::npos;
  });
}

bool is_of(const Json& event, std::string_view session) {
  return text_of(event, "session") == session || text_of(event, "session_id") == session;
}

void add_text(const std::string& text, std::map<std::string, std::size_t>& counts) {
  if (!text.empty()) ++counts[text];
}
void add_text(const std::string& text, std::set<std::string>& texts) {
  if (!text.empty()) texts.insert(text);
}

void count_event(const Json& event, EventFigures& figures) {
  const std::string name = plain_name(event);
  if (name == "stagnation_detected") {
    ++figures.stagnations;
    add_text(text_of(event, "pattern"), figures.stagnation_patterns);
    add_text(text_of(event, "error_class"), figures.stagnation_classes);
    add_text(text_of(event, "file"), figures.stagnation_files);
  } else if (name == "grounding_injected") {
    ++figures.groundings;
    add_text(text_of(event, "file"), figures.grounding_files);
    figures.grounding_lines += count_of(event, "lines");
  } else if (name == "git_session_scope_violation") {
    const bool blocked = text_of(event, "enforcement") == "strict";
    ++(blocked ? figures.violations_blocked : figures.warnings);
  } else if (name == "git_session_command_blocked") {
    const bool warned = text_of(event, "severity") == "warn";
    ++(warned ? figures.warnings : figures.commands_blocked);
  }
}

}  // namespace

void count_events(std::string_view text, std::string_view session, EventFigures& figures) {
  for (const std::string_view line : split_lines(text)) {
    if (!may_count(line)) continue;
    for (const formats::JsonLines::Record& record : formats::parse_json_lines(line).records) {
      if (is_of(record.value, session)) count_event(record.value, figures);
    }
  }
}

}  // namespace gs::records
