#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "formats/json.h"
#include "report/history.h"
#include "report/report.h"
#include "session/workspace.h"

namespace gs::workflow {

// A session that is over, from its record and the saved report of its close; either may be missing:
// a record that was imported, a report of a repository without persistence.
struct PastSession {
  std::string id;
  Timestamp started_at, completed_at;
  std::string status;       // completed, abandoned
  Json record;              // as stored; null if there is none
  std::string report_file;  // absolute; "" if there is none
  std::string title = {};   // of one without a report, if its STATE.md was kept; else ""
};
struct PastSessions {
  std::vector<PastSession> sessions;  // the newest first
  std::size_t unreadable = 0;         // lines and reports
};
// Of the home in use, with the reports of all worktrees.
[[nodiscard]] PastSessions past_sessions(const session::Workspace& workspace);
// By its id or the beginning of one id alone; "": the newest. Throws, with the nearest one, if
// there is none.
[[nodiscard]] PastSession find_past_session(const session::Workspace& workspace,
                                            const std::string& text);

struct SavedReport {
  report::Report report;
  std::string plan;       // session-plan.toml's text; "" if there was none
  bool is_whole = false;  // false: only what the record says
};
// The saved report, or what the record says.
[[nodiscard]] SavedReport saved_report(const PastSession& session);

[[nodiscard]] std::string project_name(const session::Workspace& workspace);
[[nodiscard]] report::PastLine line_of(const PastSession& session);
// All of them, with the learnings, for a page.
[[nodiscard]] report::History history(const session::Workspace& workspace, Timestamp now);

// The whole output of a gate ("test") in the last close that ran it, of the session with this id or
// the beginning of one; "": of the open one, else of the newest that has one. Throws if there is
// none.
[[nodiscard]] std::string gate_output(const session::Workspace& workspace, const std::string& gate,
                                      const std::string& session);

}  // namespace gs::workflow
