#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "close/context.h"
#include "close/journal/journal.h"
#include "close/phase.h"
#include "report/report.h"
#include "session/decision.h"

namespace gs::close {

enum class Status { Closed, Blocked, NeedsDecision, DryRun, Aborted };
[[nodiscard]] std::string_view status_name(Status status);  // "closed", "needs-decision", …

// The answer of a close.
struct Result {
  Status status = Status::Blocked;
  std::string session;  // "" if none was found
  std::vector<PhaseReport> phases;
  std::vector<std::string> stops_at;  // phases that stop the close, or would if it were no dry run
  std::vector<session::Decision> decisions;
  std::vector<MadeCommit> commits;
  bool pushed = false;
  Json request;  // {number, url, draft, outcome}; null without --pr
  Json issues = Json::array();
  std::optional<report::Report> report;  // of a closed session, or as a dry run expects it
  std::string hint;                      // what to do next
};

// The looking phases, in order. True if everything may be written.
[[nodiscard]] bool run_looks(Context& context, Result& result);
// Whether a person was asked, and answered with a choice that ends the close.
[[nodiscard]] bool is_ended_by_person(const Context& context);
// What the writing phases would do, and the report that a dry run expects.
void preview_writes(Context& context, Result& result);
enum class Writes {
  Work,     // the session's own
  Records,  // all that is written after that
};
// Runs the writing phases of one part. False: one blocked, or the branch has moved.
[[nodiscard]] bool run_writes(Context& context, Result& result, Writes which);
// The looking phases that an interrupted run had finished; only for the answer.
void recall_looks(const Journal& journal, Result& result);

}  // namespace gs::close
