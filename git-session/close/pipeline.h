#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "close/context.h"
#include "close/observer.h"
#include "close/options.h"
#include "close/phase.h"
#include "report/report.h"
#include "session/decision.h"
#include "session/workspace.h"

namespace gs::close {

enum class Status { Closed, Blocked, NeedsDecision, DryRun, Aborted };
[[nodiscard]] std::string_view status_name(Status status);  // "closed", "needs-decision", …

struct Result {
  Status status = Status::Blocked;
  std::string session;  // "" where none was found
  std::vector<PhaseReport> phases;
  std::vector<session::Decision> decisions;
  std::vector<MadeCommit> commits;
  bool pushed = false;
  Json issues = Json::array();
  std::optional<report::Report> report;  // of a closed session, or what a dry run expects
  std::string hint;                      // how to go on
};

// Closes the session of the work tree: looking phases, then (unless it is a dry run) everything
// that they decided is written, step by step in the journal. Throws on what is no answer of a
// phase; the journal then stays for --continue.
[[nodiscard]] Result run(const session::Workspace& workspace, const Options& options,
                         const Clock& clock, Observer& observer);

struct AbortResult {
  std::string session;
  std::vector<RepoPath> restored;
  std::vector<RepoPath> left;       // changed since the close wrote them: not touched
  std::vector<MadeCommit> commits;  // that exist and stay
  bool wrote_anything = false;
};
// Ends an unfinished close and puts back what it wrote. Throws when there is none.
[[nodiscard]] AbortResult abort(const session::Workspace& workspace, const Clock& clock);

}  // namespace gs::close
