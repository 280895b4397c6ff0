#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "formats/json.h"
#include "records/events.h"
#include "session/wave_history.h"

namespace gs::records {

struct GroundingStats {
  std::size_t planned = 0, touched = 0, unplanned = 0, untouched = 0;
};

struct DiscoveryStats {
  std::size_t probes_run = 0, findings_raw = 0, findings_verified = 0, false_positives = 0,
              user_dismissed = 0, issues_created = 0;
  std::map<std::string, std::size_t> by_category;
};
struct ReviewStats {
  std::size_t total_findings = 0, high_confidence = 0, auto_fixed = 0, manual_required = 0;
};

// The data of one line of .orchestrator/metrics/sessions.jsonl.
struct SessionStats {
  std::string session_id;
  bool abandoned = false;    // ended without a close
  std::string session_type;  // feature, deep, housekeeping
  std::string platform;
  std::string branch;
  Timestamp started_at;
  Timestamp completed_at;
  std::chrono::milliseconds paused{0};  // in between
  long total_waves = 0;
  std::vector<session::Wave> waves;
  std::string quality;  // pass, fail, skip: the gates' outcome
  std::size_t files_changed = 0;
  std::size_t planned = 0, completed = 0, carryover = 0, emergent = 0;
  std::optional<GroundingStats> grounding;  // absent: not measured; likewise below
  std::optional<DiscoveryStats> discovery;
  std::optional<ReviewStats> review;
  EventStats events = {};
  // Of gates in a checkout of what is committed: the tree, or why nothing is claimed of it.
  std::string tested_tree = {};
  std::vector<std::string> not_isolated = {};
};
// How many files a wave touched, by the counts or else the paths in its agents' lines. Absent
// without either.
[[nodiscard]] std::optional<std::size_t> files_of_wave(const session::Wave& wave);
// A completion before the start is clamped to it and tagged (docs/formats.md, "Records").
[[nodiscard]] Json session_record(const SessionStats& stats);
// Violations of the same page's rules; empty for a valid record.
[[nodiscard]] std::vector<std::string> validate_session_record(const Json& record);

}  // namespace gs::records
