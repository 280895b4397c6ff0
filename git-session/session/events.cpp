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

Events parse_events(std::string_view text, const std::string& session) {
  // As in a JSON string, without the quotes.
  const std::string quoted = formats::to_json_line(Json(session));
  const std::string_view written = std::string_view(quoted).substr(1, quoted.size() - 2);
  Events events;
  for (const std::string_view whole : split_lines(text)) {
    const std::string_view line = trim(whole);
    if (line.empty()) continue;
    if (!looks_whole(line)) {
      ++events.broken;
      continue;
    }
    if (line.find(written) == std::string_view::npos) continue;
    formats::JsonLines parsed = formats::parse_json_lines(line);
    if (parsed.records.empty()) {
      ++events.broken;
      continue;
    }
    Json& value = parsed.records.front().value;
    if (is_of_session(value, session)) events.events.push_back({event_name(value), value});
  }
  return events;
}

Events read_events(const TreeFiles& tree, const std::vector<FilePlace>& files,
                   const std::string& session) {
  Events all;
  for (const FilePlace& file : files) {
    Events read = parse_events(tree.read(file, FileLimit::Records).value_or(""), session);
    all.broken += read.broken;
    all.events.insert(all.events.end(), std::make_move_iterator(read.events.begin()),
                      std::make_move_iterator(read.events.end()));
  }
  return all;
}

}  // namespace gs::session
