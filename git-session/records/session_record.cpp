#include "records/session_record.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "base/ascii.h"
#include "base/text.h"

namespace gs::records {
namespace {

// "src/a.cpp", "README.md": a path in a files field, not prose ("4 files", "v1.2"). A word with
// blanks is the whole field, whose words also come separately.
bool is_path_like(std::string_view word) {
  if (word.find(' ') != std::string_view::npos) return false;
  if (word.find('/') != std::string_view::npos) return true;
  const std::size_t dot = word.rfind('.');
  return dot != std::string_view::npos && dot + 1 < word.size() && is_alpha(word[dot + 1]);
}

// "4", "4 files", "about 3 files changed": an explicit count in the field.
std::optional<std::size_t> explicit_count(std::string_view field) {
  field = trim(field);
  for (std::size_t at = 0; at < field.size(); ++at) {
    if (!is_digit(field[at]) || (at > 0 && field[at - 1] != ' ')) continue;
    std::size_t count = 0;
    const auto [end, error] =
        std::from_chars(field.data() + at, field.data() + field.size(), count);
    if (error != std::errc()) continue;
    const std::string_view rest = field.substr(static_cast<std::size_t>(end - field.data()));
    const bool whole = at == 0 && rest.empty();
    if (whole || rest.starts_with(" file")) return count;
  }
  return std::nullopt;
}

Json wave_records(const SessionStats& stats) {
  Json waves = Json::array();
  for (const session::Wave& wave : stats.waves) {
    if (wave.number < 1) continue;  // the format counts from 1
    waves.push_back({{"wave", wave.number},
                     {"role", wave.role.empty() ? "unnamed" : wave.role},
                     {"agent_count", wave.agents.size()},
                     {"files_changed", files_of_wave(wave).value_or(0)},
                     {"quality", wave.skipped ? "skip" : stats.quality}});
  }
  return waves;
}

Json agent_summary(const session::AgentCounts& counts) {
  return {{"complete", counts.complete},
          {"partial", counts.partial},
          {"failed", counts.failed},
          {"spiral", counts.spiral}};
}

// If STATE.md has no number of waves, the history's waves count.
long total_waves(const SessionStats& stats, const Json& waves) {
  if (waves.empty()) return 0;
  return stats.total_waves > 0 ? stats.total_waves : static_cast<long>(waves.size());
}

Json effectiveness(const SessionStats& stats) {
  const double rate = stats.planned == 0 ? 1.0
                                         : static_cast<double>(stats.completed) /
                                               static_cast<double>(stats.planned);
  return {{"planned_issues", stats.planned},
          {"completed", stats.completed},
          {"carryover", stats.carryover},
          {"emergent", stats.emergent},
          {"completion_rate", rate}};
}

Json discovery_stats(const DiscoveryStats& stats) {
  Json by_category = Json::object();
  for (const auto& [category, count] : stats.by_category) by_category[category] = count;
  return {{"probes_run", stats.probes_run},
          {"findings_raw", stats.findings_raw},
          {"findings_verified", stats.findings_verified},
          {"false_positives", stats.false_positives},
          {"user_dismissed", stats.user_dismissed},
          {"issues_created", stats.issues_created},
          {"by_category", by_category}};
}

Json counts(const std::map<std::string, std::size_t>& numbers) {
  Json value = Json::object();
  for (const auto& [name, number] : numbers) value.add(name, number);
  return value;
}

Json list(const std::set<std::string>& texts) {
  return std::vector<std::string>(texts.begin(), texts.end());
}

Json stagnations(const EventStats& events) {
  Json value = {{"total", events.stagnations}, {"by_pattern", counts(events.stagnation_patterns)}};
  if (!events.stagnation_classes.empty()) {
    value["by_error_class"] = counts(events.stagnation_classes);
  }
  value["files"] = list(events.stagnation_files);
  return value;
}

Json groundings(const EventStats& events) {
  return {{"count", events.groundings},
          {"files", list(events.grounding_files)},
          {"total_lines", events.grounding_lines}};
}

std::string session_type(const SessionStats& stats) {
  const bool known = stats.session_type == "deep" || stats.session_type == "housekeeping";
  return known ? stats.session_type : "feature";
}

}  // namespace

std::optional<std::size_t> files_of_wave(const session::Wave& wave) {
  std::size_t count = 0;
  bool counted = false;
  std::set<std::string> paths;  // two agents may have touched the same file
  for (const session::AgentRun& agent : wave.agents) {
    if (const auto given = explicit_count(agent.files)) {
      count += *given;
      counted = true;
      continue;
    }
    session::Wave alone;
    alone.agents = {agent};
    for (std::string& word : session::files_named({alone})) {
      if (is_path_like(word)) paths.insert(std::move(word));
    }
  }
  if (!counted && paths.empty()) return std::nullopt;
  return count + paths.size();
}

Json session_record(const SessionStats& stats) {
  const bool clamped = stats.completed_at < stats.started_at;
  const Timestamp completed = std::max(stats.completed_at, stats.started_at);
  const Json waves = wave_records(stats);
  Json record;
  record["session_id"] = stats.session_id;
  record["session_type"] = session_type(stats);
  record["started_at"] = format_utc(stats.started_at);
  record["completed_at"] = format_utc(completed);
  if (clamped) {
    record["_clamped"] = true;
    record["_original_completed_at"] = format_utc(stats.completed_at);
  }
  record["total_waves"] = total_waves(stats, waves);
  record["waves"] = waves;
  const session::AgentCounts agents = session::count_agents(stats.waves);
  record["agent_summary"] = agent_summary(agents);
  record["total_agents"] = agents.total;
  record["total_files_changed"] = stats.files_changed;
  record["schema_version"] = 1;
  record["platform"] = stats.platform;
  record["branch"] = stats.branch;
  using std::chrono::seconds;
  const auto paused = std::min(stats.paused, completed - stats.started_at);
  record["duration_seconds"] =
      std::chrono::duration_cast<seconds>(completed - stats.started_at - paused).count();
  if (paused >= seconds(1))
    record["paused_seconds"] = std::chrono::duration_cast<seconds>(paused).count();
  record["status"] = stats.abandoned ? "abandoned" : "completed";
  record["effectiveness"] = effectiveness(stats);
  if (stats.grounding) {
    record["grounding"] = {{"planned", stats.grounding->planned},
                           {"touched", stats.grounding->touched},
                           {"unplanned", stats.grounding->unplanned},
                           {"untouched", stats.grounding->untouched}};
  }
  if (stats.discovery) record["discovery_stats"] = discovery_stats(*stats.discovery);
  if (stats.review) {
    record["review_stats"] = {{"total_findings", stats.review->total_findings},
                              {"high_confidence", stats.review->high_confidence},
                              {"auto_fixed", stats.review->auto_fixed},
                              {"manual_required", stats.review->manual_required}};
  }
  if (!stats.tested_tree.empty()) record["tested_tree"] = stats.tested_tree;
  if (!stats.not_isolated.empty()) record["not_isolated"] = stats.not_isolated;
  if (stats.events.stagnations > 0) record["stagnation_events"] = stagnations(stats.events);
  if (stats.events.groundings > 0) record["grounding_injections"] = groundings(stats.events);
  return record;
}

}  // namespace gs::records
