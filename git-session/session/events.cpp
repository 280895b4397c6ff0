#include "session/events.h"

#include <algorithm>
#include <iterator>

#include "base/file/file.h"
#include "base/text.h"

namespace gs::session {

namespace {

std::string event_name(const Json& value) {
  const auto found = value.find("event");
  if (found == value.end() || !found->is_string()) return "";
  std::string name = found->get<std::string>();
  constexpr std::string_view kPrefix = "orchestrator.";
  if (name.starts_with(kPrefix)) name.erase(0, kPrefix.size());
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

bool is_of_session(const Json& value, const std::string& session) {
  for (const char* key : {"session", "session_id"}) {
    const auto found = value.find(key);
    if (found != value.end() && found->is_string() && *found == session) return true;
  }
  return false;
}

// A cheap check for the outline of an object: enough to detect a torn line.
bool looks_whole(std::string_view line) {
  return line.starts_with('{') && line.ends_with('}') && line.find('\0') == std::string_view::npos;
}

}  // namespace

namespace {

// `written`: the session's id as it is in a JSON string.
void add_event(std::string_view whole, const std::string& session, std::string_view written,
               Events& events) {
  const std::string_view line = trim(whole);
  if (line.empty()) return;
  if (!looks_whole(line)) {
    ++events.broken;
    return;
  }
  if (line.find(written) == std::string_view::npos) return;
  formats::JsonLines parsed = formats::parse_json_lines(line);
  if (parsed.records.empty()) {
    ++events.broken;
    return;
  }
  Json& value = parsed.records.front().value;
  if (is_of_session(value, session)) events.events.push_back({event_name(value), value});
}

std::string in_json_string(const std::string& session) {
  const std::string quoted = formats::to_json_line(Json(session));
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

Events parse_events(std::string_view text, const std::string& session) {
  const std::string written = in_json_string(session);
  Events events;
  for (const std::string_view line : split_lines(text)) add_event(line, session, written, events);
  return events;
}

Events read_events(const TreeFiles& tree, const std::vector<FilePlace>& files,
                   const std::string& session) {
  const std::string written = in_json_string(session);
  Events all;
  for (const FilePlace& file : files) {
    tree.each_line(file, [&](std::string_view line) { add_event(line, session, written, all); });
  }
  return all;
}

}  // namespace gs::session
