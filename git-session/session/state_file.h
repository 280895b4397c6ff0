#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "formats/json.h"
#include "session/wave_history.h"

namespace gs::session {

enum class Status { Active, Paused, Completed, Idle };
[[nodiscard]] std::string_view status_name(Status status);

// A STATE.md. A missing or malformed part degrades: what is there is used, the rest stands in
// `problems`.
struct StateFile {
  std::string session_type;  // feature, deep, housekeeping, none
  std::string branch;
  std::vector<long> issues;
  std::optional<Timestamp> started_at;
  Status status = Status::Idle;
  std::optional<long> current_wave;
  std::optional<long> total_waves;
  std::string session;            // "" when the file does not say
  std::string session_start_ref;  // hex, "" when the file does not say
  std::string title;
  Json docs_tasks;  // as in the file; null when absent
  std::vector<Wave> waves;
  std::vector<std::string> deviations;  // bullet texts
  std::vector<std::string> problems;    // "STATE.md:3: …"

  // The session's id: `session`, else "<branch>-<day>-<hhmm>" of started_at, else "<branch>".
  [[nodiscard]] std::string id() const;
};

// Throws only when there is no frontmatter, its YAML is broken or its schema-version is newer than
// 1; `source` for messages.
[[nodiscard]] StateFile parse_state(std::string_view text, const std::string& source);

// The same text, changed only where docs/formats.md says that a close may.
[[nodiscard]] std::string mark_completed(std::string_view text, Timestamp now);
[[nodiscard]] std::string append_deviation(std::string_view text, std::string_view deviation,
                                           Timestamp now);

// What `start` writes.
struct NewState {
  std::string session, session_type, branch, start_ref, title;
  std::vector<long> issues;
  Timestamp started_at;
};
[[nodiscard]] std::string render_new_state(const NewState& state);

// "<branch>-<YYYY-MM-DD>-<HHmm>" in local time, with "-2" and so on where `taken` has it already.
[[nodiscard]] std::string new_session_id(const std::string& branch, Timestamp now,
                                         const std::vector<std::string>& taken);

}  // namespace gs::session
