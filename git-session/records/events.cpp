#include "records/events.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "base/clock.h"
#include "base/file/file.h"
#include "base/text.h"
#include "formats/json.h"

namespace gs::records {

std::string path_text(const RepoPath& path) {
  return is_utf8(path.bytes()) ? path.bytes() : path.quoted();
}

namespace {

using Key = std::tuple<std::string, std::string, std::string>;  // commit, path, rule

// "" if the key is missing or not a string.
std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The lines of the file that may be one of the events: the file can be long, with few of them.
std::set<Key> recorded(const TreeFiles& tree, const FilePlace& file,
                       const std::vector<ScopeViolationEvent>& events) {
  std::set<std::string> commits;
  for (const ScopeViolationEvent& event : events) commits.insert(event.commit);
  std::set<Key> keys;
  tree.each_line(file, [&](std::string_view line) {
    if (line.find(kScopeViolation) == std::string_view::npos) return;
    for (const auto& record : formats::parse_json_lines(line).records) {
      if (!commits.contains(text_of(record.value, "commit"))) continue;
      keys.emplace(text_of(record.value, "commit"), text_of(record.value, "path"),
                   text_of(record.value, "rule"));
    }
  });
  return keys;
}

Json to_json(const ScopeViolationEvent& event, Timestamp now) {
  return {{"timestamp", format_utc(now)},           {"event", kScopeViolation},
          {"session", text_or_null(event.session)}, {"commit", event.commit},
          {"path", path_text(event.path)},          {"rule", event.rule},
          {"enforcement", event.enforcement}};
}

}  // namespace

namespace {

FilePlace untracked_events_file(const git::Repository& repository) {
  return FilePlace::outside(join_path(repository.git_dir(), "git-session/events.jsonl"));
}

}  // namespace

std::vector<FilePlace> events_files(const git::Repository& repository, const session::Home& home) {
  const FilePlace file = home.record("events.jsonl");
  std::vector<FilePlace> files{file};
  if (file.inside()) files.push_back(untracked_events_file(repository));
  return files;
}

FilePlace events_file_of_hooks(const git::Repository& repository, const session::Home& home,
                               const std::function<bool(const RepoPath&)>& becomes_tracked) {
  const FilePlace file = home.record("events.jsonl");
  const auto inside = file.inside();
  return inside && becomes_tracked(*inside) ? untracked_events_file(repository) : file;
}

void record_violations(const TreeFiles& tree, const FilePlace& file,
                       const std::vector<ScopeViolationEvent>& events, Timestamp now) {
  std::set<Key> keys = recorded(tree, file, events);
  std::string lines;
  for (const ScopeViolationEvent& event : events) {
    if (!keys.emplace(event.commit, path_text(event.path), event.rule).second) continue;
    lines += formats::to_json_line(to_json(event, now)) + "\n";
  }
  tree.append(file, lines);
}

void record_blocked_command(const TreeFiles& tree, const FilePlace& file,
                            const BlockedCommandEvent& event, Timestamp now) {
  const Json line = {{"timestamp", format_utc(now)},
                     {"event", "git_session.command.blocked"},
                     {"session", event.session},
                     {"pattern", event.pattern},
                     {"severity", event.severity}};
  tree.append(file, formats::to_json_line(line) + "\n");
}

namespace {

std::size_t count_of(const Json& event, const char* key) {
  const auto found = event.find(key);
  const std::int64_t count = found == event.end() ? 0 : found->integer().value_or(0);
  return static_cast<std::size_t>(std::max<std::int64_t>(count, 0));
}

void add_text(const std::string& text, std::map<std::string, std::size_t>& counts) {
  if (!text.empty()) ++counts[text];
}
void add_text(const std::string& text, std::set<std::string>& texts) {
  if (!text.empty()) texts.insert(text);
}

struct WaveTimes {
  std::optional<Timestamp> started, completed;
};

void add_wave_event(const session::Event& event, std::map<long, WaveTimes>& waves) {
  const bool starts = event.name == "wave_started";
  if (!starts && event.name != "wave_completed") return;
  const std::size_t number =
      std::max(count_of(event.value, "wave_number"), count_of(event.value, "wave"));
  const std::optional<Timestamp> at = parse_iso8601(text_of(event.value, "timestamp"));
  if (number == 0 || number > 100'000 || !at) return;
  WaveTimes& wave = waves[static_cast<long>(number)];
  // A resumed wave lasts from its first start to its last end.
  if (starts) wave.started = std::min(wave.started.value_or(*at), *at);
  if (!starts) wave.completed = std::max(wave.completed.value_or(*at), *at);
}

std::map<long, std::chrono::milliseconds> durations_of(const std::map<long, WaveTimes>& waves) {
  std::map<long, std::chrono::milliseconds> durations;
  for (auto wave = waves.begin(); wave != waves.end(); ++wave) {
    std::optional<Timestamp> end = wave->second.completed;
    if (const auto next = std::next(wave); !end && next != waves.end()) end = next->second.started;
    if (wave->second.started && end && *end >= *wave->second.started)
      durations[wave->first] = *end - *wave->second.started;
  }
  return durations;
}

}  // namespace

EventStats count_events(const session::Events& events) {
  EventStats stats;
  std::map<long, WaveTimes> waves;
  for (const session::Event& event : events.events) {
    if (event.name == "stagnation_detected") {
      ++stats.stagnations;
      add_text(text_of(event.value, "pattern"), stats.stagnation_patterns);
      add_text(text_of(event.value, "error_class"), stats.stagnation_classes);
      add_text(text_of(event.value, "file"), stats.stagnation_files);
    } else if (event.name == "grounding_injected") {
      ++stats.groundings;
      add_text(text_of(event.value, "file"), stats.grounding_files);
      stats.grounding_lines += count_of(event.value, "lines");
    } else {
      add_wave_event(event, waves);
    }
  }
  stats.wave_durations = durations_of(waves);
  return stats;
}

}  // namespace gs::records
