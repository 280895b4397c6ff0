#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/json.h"
#include "session/decision.h"
#include "session/finding.h"

namespace gs::close {

struct Context;

enum class Outcome { Ok, Warn, Block, Skip };
[[nodiscard]] std::string_view outcome_name(Outcome outcome);

// A phase's answer.
struct PhaseResult {
  Outcome outcome = Outcome::Ok;
  std::string summary;  // one line
  std::vector<session::Finding> findings = {};
  bool open_decision = false;  // blocked only by an open decision: the others are still collected
  std::string detail =
      {};  // several lines that explain a block (a hook's output, a gate's last lines)
  std::string hint = {};     // what to do next
  bool show_detail = false;  // the detail is what was asked for, not an explanation
};

[[nodiscard]] PhaseResult ok(std::string summary);
[[nodiscard]] PhaseResult warn(std::string summary);
[[nodiscard]] PhaseResult skip(std::string summary);
[[nodiscard]] PhaseResult block(std::string summary);
// Something that went wrong in a phase that continues: a warning, and a finding, so that it reaches
// the report. `source` is the phase's id.
void add_problem(PhaseResult& result, std::string_view source, std::string problem,
                 std::string recommendation = {});

// When a phase is in the short output of a close; -v shows each, and whatever blocks is shown
// always.
enum class Shown {
  IfRun,     // not if it was skipped
  UnlessOk,  // its "ok" is no news
  Verbose,   // another phase says it
};

// One row of the ordered table, from which the pipeline, docs/close-phases.md and the progress
// lines are made; it is in close/phases/<id>.cpp.
struct Phase {
  std::string_view id;
  std::string_view title;
  // A looking phase's work; for a writing one what it would write (for a dry run).
  PhaseResult (*look)(Context&);
  // Absent for a phase that only looks.
  PhaseResult (*write)(Context&) = nullptr;
  // The documentation's columns; a line break is a space.
  std::string_view does;
  std::string_view skipped_when;
  std::string_view blocks_when;
  // Writes the session's own work, before the records are planned.
  bool commits_work = false;
  Shown shown = Shown::IfRun;
};

// Every phase, in order.
[[nodiscard]] const std::vector<Phase>& phases();

// A phase with its answer.
struct PhaseReport {
  std::string id, title;
  PhaseResult result;
  std::chrono::milliseconds duration{};
};
[[nodiscard]] Json to_json(const PhaseReport& report);
[[nodiscard]] PhaseReport phase_report_from_json(const Json& value);

}  // namespace gs::close
