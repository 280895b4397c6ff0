#include "close/pipeline.h"

#include <algorithm>
#include <map>

#include "base/names.h"
#include "checks/secrets/mask.h"
#include "close/look/command_writes.h"
#include "close/look/isolation.h"
#include "close/phases/phases.h"
#include "close/plan/final_report.h"

namespace gs::close {

namespace {

constexpr auto kStatusNames =
    std::to_array<Name<Status>>({{Status::Closed, "closed"},
                                 {Status::Blocked, "blocked"},
                                 {Status::NeedsDecision, "needs-decision"},
                                 {Status::DryRun, "dry-run"},
                                 {Status::Aborted, "aborted"}});
static_assert(is_complete(kStatusNames));

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// What a phase answers goes to the screen, the journal and the answer: hooks, tools and git may
// have said it with a secret.
PhaseResult masked(PhaseResult result) {
  result.summary = checks::mask_text(result.summary);
  result.detail = checks::mask_text(result.detail);
  result.hint = checks::mask_text(result.hint);
  for (session::Finding& finding : result.findings) {
    for (std::string* text :
         {&finding.file, &finding.title, &finding.detail, &finding.recommendation})
      *text = checks::mask_text(*text);
  }
  return result;
}

PhaseReport run_phase(Context& context, const Phase& phase, PhaseResult (*work)(Context&),
                      Result& result) {
  context.observer.phase_started(phase);
  const auto start = steady_clock::now();
  PhaseReport report{std::string(phase.id), std::string(phase.title), masked(work(context)), {}};
  report.duration = duration_cast<milliseconds>(steady_clock::now() - start);
  context.journal.record("phase", {{"report", to_json(report)}});
  context.observer.phase_finished(report);
  result.phases.push_back(report);
  context.reports.push_back(report);
  return report;
}

// Whether a close would stop here, whatever is recommended of what is still to be decided: its
// decisions are those from the `earlier`th on.
bool would_stop(const Decisions& decisions, std::size_t earlier, const PhaseReport& report) {
  if (!report.result.open_decision) return true;
  const std::vector<session::Decision>& all = decisions.all();
  return std::any_of(all.begin() + static_cast<std::ptrdiff_t>(std::min(earlier, all.size())),
                     all.end(), [](const session::Decision& decision) {
                       return decision.chosen.empty() && session::ends_close(decision.recommended);
                     });
}

}  // namespace

void say(Observer& observer, Line line) {
  for (std::string* text : {&line.text, &line.figure, &line.below})
    *text = checks::mask_text(*text);
  observer.said(line);
}

const std::vector<Phase>& phases() {
  static const std::vector<Phase> table = {
      kBootstrap,  kSession,     kPlan,      kGrounding,    kDiscovery, kSafety, kReview,
      kGate,       kVault,       kDrift,     kStaleness,    kDocs,      kSsot,   kStagingPlan,
      kPushTarget, kStage,       kCommit,    kCleanupScope, kHandover,  kMemory, kLearnings,
      kMetrics,    kMirrorVault, kState,     kRecords,      kPush,      kMirror, kIssues,
      kRequest,    kReport,      kSnapshots,
  };
  return table;
}

std::string_view status_name(Status status) {
  return name_of(kStatusNames, status);
}

bool is_ended_by_person(const Context& context) {
  const std::vector<session::Decision>& all = context.decisions.all();
  return std::any_of(all.begin(), all.end(), [](const session::Decision& decision) {
    return decision.asked && session::ends_close(decision.chosen);
  });
}

bool run_looks(Context& context, Result& result) {
  bool blocked = false;
  for (const Phase& phase : phases()) {
    if (phase.write != nullptr) continue;
    const std::size_t earlier = context.decisions.all().size();
    const PhaseReport report = run_phase(context, phase, phase.look, result);
    if (context.session && result.session.empty()) result.session = context.session->id;
    if (report.result.outcome != Outcome::Block) continue;
    blocked = true;
    if (would_stop(context.decisions, earlier, report)) result.stops_at.push_back(report.id);
    if (context.stop == Stop::Interrupted) {
      if (!context.options.dry_run) result.hint = "'git session close --continue' resumes";
      break;
    }
    if (result.hint.empty()) result.hint = report.result.hint;
    // Without a session no other phase can run; after an open decision, and in a dry run, the rest
    // still do.
    const bool needs_session = !context.session.has_value();
    const bool goes_on =
        context.options.dry_run ? !is_ended_by_person(context) : report.result.open_decision;
    if (needs_session || !goes_on) break;
  }
  note_command_writes(context);
  drop_checkout(context);
  return !blocked;
}

void preview_writes(Context& context, Result& result) {
  if (!result.stops_at.empty()) context.observer.not_reached();
  context.commit_plans = plan_commits(context, false, nullptr);
  context.write_plan = make_write_plan(context);
  for (const Phase& phase : phases()) {
    if (phase.write != nullptr) (void)run_phase(context, phase, phase.look, result);
  }
  result.issues = context.write_plan->issues;
  result.report = final_report(context);
}

bool run_writes(Context& context, Result& result, Writes which) {
  for (const Phase& phase : phases()) {
    if (phase.write == nullptr || phase.commits_work != (which == Writes::Work)) continue;
    const PhaseReport report = run_phase(context, phase, phase.write, result);
    if (!context.issues.is_null()) result.issues = context.issues;
    result.commits = context.commits;
    result.pushed = !context.pushed.empty();
    result.request = context.request;
    if (report.result.outcome != Outcome::Block) continue;
    result.hint = report.result.hint;
    return false;
  }
  return true;
}

void recall_looks(const Journal& journal, Result& result) {
  std::map<std::string, PhaseReport> newest;
  for (const Json& event : journal.events()) {
    if (event.value("event", "") != "phase") continue;
    PhaseReport report = phase_report_from_json(event.at("report"));
    newest[report.id] = std::move(report);
  }
  for (const Phase& phase : phases()) {
    const auto found = newest.find(std::string(phase.id));
    const bool looked = phase.write == nullptr || phase.commits_work;
    if (looked && found != newest.end()) result.phases.push_back(found->second);
  }
}

}  // namespace gs::close
