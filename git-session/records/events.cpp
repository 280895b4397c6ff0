#include "records/events.h"

#include <set>
#include <tuple>

#include "base/file/file.h"
#include "base/text.h"
#include "formats/json.h"

namespace gs::records {

namespace {

using Key = std::tuple<std::string, std::string, std::string>;  // commit, path, rule

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The lines of the file that may be one of the events: it can be long, and only few are ours.
std::set<Key> recorded(const std::string& file, const std::vector<ScopeViolationEvent>& events) {
  std::set<std::string> commits;
  for (const ScopeViolationEvent& event : events) commits.insert(event.commit);
  std::string candidates;
  const std::string text = read_file_if_exists(file).value_or("");
  for (const std::string_view line : split_lines(text)) {
    if (line.find(kScopeViolation) == std::string_view::npos) continue;
    candidates.append(line).append("\n");
  }
  std::set<Key> keys;
  for (const auto& record : formats::parse_json_lines(candidates).records) {
    if (!commits.contains(text_of(record.value, "commit"))) continue;
    keys.emplace(text_of(record.value, "commit"), text_of(record.value, "path"),
                 text_of(record.value, "rule"));
  }
  return keys;
}

// JSON holds text only: a path that is none stands there as git quotes it.
std::string path_text(const RepoPath& path) {
  return is_utf8(path.bytes()) ? path.bytes() : path.quoted();
}

Json to_json(const ScopeViolationEvent& event, Timestamp now) {
  return {{"timestamp", format_utc(now)},
          {"event", kScopeViolation},
          {"session", event.session.empty() ? Json() : Json(event.session)},
          {"commit", event.commit},
          {"path", path_text(event.path)},
          {"rule", event.rule},
          {"enforcement", event.enforcement}};
}

}  // namespace

std::string events_file(const git::Repository& repository) {
  return join_path(repository.work_tree(), kEventsPath);
}

std::string own_events_file(const git::Repository& repository) {
  return join_path(repository.git_dir(), "git-session/events.jsonl");
}

void record_violations(const std::string& file, const std::vector<ScopeViolationEvent>& events,
                       Timestamp now) {
  std::set<Key> keys = recorded(file, events);
  std::string lines;
  for (const ScopeViolationEvent& event : events) {
    if (!keys.emplace(event.commit, path_text(event.path), event.rule).second) continue;
    lines += formats::to_json_line(to_json(event, now)) + "\n";
  }
  append_lines(file, lines);
}

void record_blocked_command(const std::string& file, const BlockedCommandEvent& event,
                            Timestamp now) {
  const Json line = {{"timestamp", format_utc(now)},
                     {"event", "git_session.command.blocked"},
                     {"session", event.session},
                     {"pattern", event.pattern},
                     {"severity", event.severity}};
  append_lines(file, formats::to_json_line(line) + "\n");
}

}  // namespace gs::records
