#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "checks/discovery.h"
#include "checks/gates/command_run.h"
#include "checks/grounding.h"
#include "checks/notes/staleness.h"
#include "checks/plan_check.h"
#include "checks/safety.h"
#include "close/decisions.h"
#include "close/journal/journal.h"
#include "close/look/added_lines.h"
#include "close/look/secret_search.h"
#include "close/observer.h"
#include "close/options.h"
#include "close/phase.h"
#include "close/plan/commit_plan.h"
#include "close/plan/staging_plan.h"
#include "close/plan/write_plan.h"
#include "git/commit/commit.h"
#include "git/status/status.h"
#include "records/events.h"
#include "records/learnings.h"
#include "report/report.h"
#include "session/changes.h"
#include "session/claim.h"
#include "session/current.h"
#include "session/docs_tasks.h"
#include "session/workspace.h"
#include "tracker/local_issues.h"

namespace gs::close {

struct Isolation;

struct GateResult {
  std::string name;  // typecheck, test, lint
  std::optional<checks::CommandRun> run;
  std::string skipped;  // why it did not run
};

struct StalenessOfVault {
  std::string vault;  // its directory
  checks::StalenessCheck check;
};

struct Discovered {
  std::vector<session::Finding> findings;
  checks::DiscoveryStats stats;
};

// What the configured reviewer answered.
struct Review {
  std::vector<session::Finding> findings;
  std::size_t high_confidence = 0;
  bool carryover = false;  // fixes that it requires become issues
};

// A commit that the close has made.
struct MadeCommit {
  git::ObjectId oid;
  std::string subject;
  std::size_t files = 0;
  std::string hooks = {};  // "the pre-commit hook added generated.h"; "" for nothing
};

// How a decision ends a close.
enum class Stop {
  No,
  Retry,        // look again at once
  KeepJournal,  // fix something, then --continue
  Interrupted,  // Ctrl-C ended a command: nothing further is done, --continue resumes
  GateIssue,    // file an issue about the failing gate, leave the session open
  Abort,        // put back what was written
};

// What the phases of one close share. The first half is set before the first phase; looking phases
// fill the second; writing phases read only `write_plan` and fill the last.
struct Context {
  const session::Workspace& workspace;
  const Options& options;
  const Clock& clock;
  Observer& observer;
  Journal& journal;
  Decisions& decisions;

  std::vector<PhaseReport> reports = {};  // of the phases that this round has run
  std::size_t planned_reports = 0;        // of them, those whose findings are in the write plan
  std::optional<session::CurrentSession> session = {};
  git::Status status = {};
  std::vector<session::Change> changes =
      {};  // the session's own: without foreign, contested and unclaimed ones
  std::vector<session::OwnedChange> owned = {};  // uncommitted changes with their owners
  std::string fingerprint = {};                  // of everything that a gate could see
  std::string own_fingerprint = {};              // of what the close commits or has committed
  int retries = 0;                               // of the gate, by decision, in this run
  bool replanning = false;  // a gate's result for the same own fingerprint still holds
  std::optional<bool> trusted = {};
  std::string hidden_from_trust = {};  // why the user could not see what is to be trusted
  Stop stop = Stop::No;
  std::shared_ptr<Isolation> isolation = {};  // of an isolated close, from its first command on
  checks::PlanResult plan = {};
  std::optional<checks::Grounding> grounding = {};
  std::optional<Discovered> discovery = {};
  std::optional<checks::Safety> safety = {};
  std::optional<Review> review = {};
  std::vector<GateResult> gates = {};
  std::optional<PushPlan> push_plan = {};  // absent: undecided, or nothing to decide
  AddedLines added_lines = {};
  CleanChanges clean_changes = {};
  StagingPlan staging = {};
  std::string branch = {};                    // that the commits go to; "" when detached
  std::vector<CommitPlan> commit_plans = {};  // of the session's work
  // Paths of which the branch has another version than was planned from: the rest is planned again.
  std::optional<RepoPath> moved = {};
  std::vector<tracker::NewIssue> new_issues = {};  // which looking phases want filed
  std::optional<StalenessOfVault> staleness = {};
  std::string docs_health = {};  // for the report
  session::DocsTaskList docs_tasks = {};
  std::optional<report::DocsCoverage> docs_coverage = {};  // for the report
  std::vector<std::string> report_warnings = {};           // further warnings for the report
  // How a decision against the recommendation is logged, by its id, if there is more to say than
  // its choice.
  std::map<std::string, std::string> deviations = {};
  records::EventStats events = {};  // of this session; filled with the write plan
  std::optional<records::LearningsUpdate> learnings = {};  // filled with the write plan

  std::optional<WritePlan> write_plan = {};
  std::shared_ptr<git::Committer> committer = {};  // from the first commit on
  std::vector<MadeCommit> commits = {};
  std::string pushed = {};  // "origin/main" once pushed
  std::string push_summary = {};
  std::string mirror_summary = {};
  std::string request_summary = {};  // "pull request #12: https://…"
  Json request = nullptr;            // the same as --json shows it
  Json filed = nullptr;   // outcomes of the plan's tasks, in their order; null: not asked yet
  Json issues = nullptr;  // the same and those queued before, as --json shows it

  [[nodiscard]] const git::Repository& repository() const { return workspace.repository; }
};

}  // namespace gs::close
