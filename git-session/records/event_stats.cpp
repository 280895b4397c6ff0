#include "records/event_stats.h"

#include <algorithm>
#include <optional>

#include "base/clock.h"

namespace gs::records {
namespace {

// "" where the key is not there or no text.
std::string text_of(const Json& event, const char* key) {
  const auto found = event.find(key);
  return found != event.end() && found->is_string() ? found->get<std::string>() : std::string();
}

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
  // A wave that was taken up again began the first time and ended the last time.
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
