#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "formats/json.h"
#include "session/wave_history.h"

namespace gs::session {

enum class Status { Active, Paused, Completed, Idle, Abandoned };
[[nodiscard]] std::string_view status_name(Status status);

// A STATE.md. Missing or malformed parts degrade: the rest is used, and `problems` lists them.
struct StateFile {
  std::string session_type;  // feature, deep, housekeeping, none
  std::string branch;
  std::vector<long> issues;
  std::optional<Timestamp> started_at;
  Status status = Status::Idle;
  std::optional<long> current_wave;
  std::optional<long> total_waves;
  std::string session;            // "" if not given
  std::string session_start_ref;  // hex, "" if not given
  std::string title;
  std::string name;   // for --session; "" if not given
  std::string agent;  // the id that the agent in whose shell it was started gives its own session
  std::optional<Timestamp> paused_at;  // of a paused session; absent if it does not say
  std::string paused_ref;              // HEAD then: hex, "" if not given
  Json docs_tasks;                     // as in the file; null if absent
  std::vector<Wave> waves;
  std::vector<std::string> deviations;  // bullet texts
  std::vector<std::string> problems;    // "STATE.md:3: …"

  // The session's id: `session`, else "<branch>-<day>-<hhmm>" of started_at, else "<branch>".
  [[nodiscard]] std::string id() const;
  [[nodiscard]] std::string called() const { return name.empty() ? id() : name; }
};

// Throws only if there is no frontmatter, its YAML is broken or its schema-version is newer than 1.
// `source` is for messages. A missing or unknown status counts as active: the session must neither
// be overwritten nor be impossible to close.
[[nodiscard]] StateFile parse_state(std::string_view text, const std::string& source);

// The same text, changed only where docs/formats.md allows close to.
[[nodiscard]] std::string mark_completed(std::string_view text, Timestamp now);
// A session that ends without a close. `tracked`: other readers of the file know of no abandoned
// session, and take an unknown status for an active one, so that it says idle.
[[nodiscard]] std::string mark_abandoned(std::string_view text, bool tracked, Timestamp now);
// A session that is set aside, with the time and HEAD then ("": unborn); and taken up again.
[[nodiscard]] std::string mark_paused(std::string_view text, const std::string& head,
                                      Timestamp now);
[[nodiscard]] std::string mark_resumed(std::string_view text, Timestamp now);
// With another title, written as `start` writes it.
[[nodiscard]] std::string mark_titled(std::string_view text, std::string_view title, bool tracked);
// A title as STATE.md can hold it: on one line. Other readers of a tracked one know no quotes;
// there it is a plain scalar.
[[nodiscard]] std::string title_in_state(std::string_view title, bool tracked);
[[nodiscard]] std::string append_deviation(std::string_view text, std::string_view deviation,
                                           Timestamp now);

// What `start` writes.
struct NewState {
  bool tracked = true;
  std::string session, session_type, branch, start_ref, title, name, agent;
  std::vector<long> issues;
  Timestamp started_at;
};
[[nodiscard]] std::string render_new_state(const NewState& state);

// `text` as a one-line plain YAML scalar that simple readers also accept: control characters,
// quotes, backslashes, leading and trailing indicators, ": " and " #" are dropped or replaced.
// Idempotent.
[[nodiscard]] std::string plain_scalar(std::string_view text);
// Whether a STATE.md with branch `written` belongs to the checked-out branch: "" and "HEAD"
// (detached) belong to every branch, everything belongs to a detached HEAD (`branch` absent), and
// names are compared as `plain_scalar` writes them.
[[nodiscard]] bool is_branch_of_state(const std::string& written,
                                      const std::optional<std::string>& branch);

// "<branch>-<YYYY-MM-DD>-<HHmm>" in local time, with "-2" and so on if it is in `taken`; a plain
// scalar ("detached" without a branch).
[[nodiscard]] std::string new_session_id(const std::string& branch, Timestamp now,
                                         const std::vector<std::string>& taken);

}  // namespace gs::session
