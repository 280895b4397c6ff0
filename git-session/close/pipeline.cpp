#include "close/pipeline.h"

#include <unistd.h>

#include <map>

#include "base/error.h"
#include "base/file_lock.h"
#include "base/text.h"
#include "close/before_close.h"
#include "close/close_lock.h"
#include "close/command_writes.h"
#include "close/final_report.h"
#include "close/gate_issue.h"
#include "close/rollback.h"

namespace gs::close {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

PhaseReport run_phase(Context& context, const Phase& phase, PhaseResult (*work)(Context&),
                      Result& result) {
  context.observer.phase_started(phase);
  const auto start = steady_clock::now();
  PhaseReport report{std::string(phase.id), std::string(phase.title), work(context), {}};
  report.duration = duration_cast<milliseconds>(steady_clock::now() - start);
  context.journal.record("phase", {{"report", to_json(report)}});
  context.observer.phase_finished(report);
  result.phases.push_back(report);
  return report;
}

// Looking phases. True when everything may be written.
bool look(Context& context, Result& result) {
  bool blocked = false;
  for (const Phase& phase : phases()) {
    if (phase.write != nullptr) continue;
    const PhaseReport report = run_phase(context, phase, phase.look, result);
    if (context.session && result.session.empty()) result.session = context.session->id;
    if (report.result.outcome != Outcome::Block) continue;
    blocked = true;
    if (context.stop == Stop::Interrupted) {
      if (!context.options.dry_run) result.hint = "'git session close --continue' goes on";
      break;
    }
    if (result.hint.empty()) result.hint = report.result.hint;
    // Without a session nothing further can be looked at; past an open decision, and in a dry run,
    // the rest still is.
    const bool needs_session = !context.session.has_value();
    if (needs_session || (!report.result.open_decision && !context.options.dry_run)) break;
  }
  note_command_writes(context);
  return !blocked;
}

void preview(Context& context, Result& result) {
  context.write_plan = make_write_plan(context, false, nullptr);
  for (const Phase& phase : phases()) {
    if (phase.write != nullptr) (void)run_phase(context, phase, phase.look, result);
  }
  result.issues = context.write_plan->issues;
  result.report = final_report(context);
}

// Fixes what will be written. False when a file is no longer what was looked at.
bool begin_writing(Context& context, Result& result) {
  std::vector<RepoPath> changed;
  save_before_close(context);
  context.write_plan = make_write_plan(context, true, &changed);
  if (!changed.empty()) {
    result.hint = "'" + changed.front().quoted() + "' " +
                  (leave_what_is_rewritten(context, changed)
                       ? "is rewritten whenever the commands run; from now on the session leaves "
                         "it: 'git session close --continue'"
                       : "was changed while the close was looking; 'git session close --continue' "
                         "looks again");
    return false;
  }
  context.journal.record("write-plan", {{"plan", to_json(*context.write_plan)}});
  return true;
}

void write(Context& context, Result& result) {
  result.session = context.write_plan->session;
  result.issues = context.write_plan->issues;
  for (const Phase& phase : phases()) {
    if (phase.write == nullptr) continue;
    const PhaseReport report = run_phase(context, phase, phase.write, result);
    if (!context.issues.is_null()) result.issues = context.issues;
    if (report.result.outcome != Outcome::Block) continue;
    result.hint = report.result.hint;
    result.commits = context.commits;
    return;
  }
  result.commits = context.commits;
  result.pushed = !context.pushed.empty();
  result.report = final_report(context);
  context.journal.finish();
  result.status = Status::Closed;
}

void stop(Context& context, Result& result) {
  switch (context.stop) {
    case Stop::No:
    case Stop::KeepJournal:
    case Stop::Interrupted:
      return;
    case Stop::GateIssue:
      result.issues = file_gate_issue(context, result.phases.back().result.summary);
      result.hint = "the session stays open; nothing was committed";
      drop_before_close(context.workspace, context.journal);  // of an earlier run
      result.phases.back().result.hint = result.hint;
      context.journal.finish();
      return;
    case Stop::Abort:
      drop_before_close(context.workspace, context.journal);
      context.journal.finish();
      result.status = Status::Aborted;
      result.hint = "the close was ended; nothing was written";
      result.phases.back().result.hint = result.hint;
  }
}

// The phases that an interrupted run had finished looking at, for the answer's sake.
void recall_looks(const Journal& journal, Result& result) {
  std::map<std::string, PhaseReport> newest;
  for (const Json& event : journal.events()) {
    if (event.value("event", "") != "phase") continue;
    PhaseReport report = phase_report_from_json(event.at("report"));
    newest[report.id] = std::move(report);
  }
  for (const Phase& phase : phases()) {
    const auto found = newest.find(std::string(phase.id));
    if (phase.write == nullptr && found != newest.end()) result.phases.push_back(found->second);
  }
}

void require_same_branch(const Context& context) {
  const std::string now = context.repository().head().branch.value_or("");
  const std::string& then = context.write_plan->branch;
  if (now == then) return;
  throw refused("this close was begun on " +
                (then.empty() ? "a detached HEAD" : "branch '" + then + "'"))
      .with_hint((then.empty() ? std::string("detach HEAD again") : "check out '" + then + "'") +
                 ", or take the close back with 'git session close --abort'");
}

// For the journal's first line, by which gc and status tell whose close is unfinished.
std::string session_to_close(const session::Workspace& workspace, const Options& options) {
  try {
    const session::SessionLookup lookup = session::find_current_session(workspace, options.base);
    return lookup.session ? lookup.session->id : "";
  } catch (const Error&) {
    return "";  // the session phase says why
  }
}

Json header(const session::Workspace& workspace, const Options& options, const Clock& clock) {
  const auto or_null = [](const std::optional<std::string>& text) {
    return text ? Json(*text) : Json();
  };
  return {{"pid", static_cast<long>(::getpid())},
          {"began_at", format_utc(clock.now())},
          {"session", session_to_close(workspace, options)},
          {"state_directory", workspace.state_directory},
          {"push", options.push},
          {"mirror", options.mirror},
          {"edit", options.edit},
          {"message", or_null(options.message)},
          {"base", or_null(options.base)},
          {"docs_tasks", or_null(options.docs_tasks)}};
}

// What the close was begun with counts as long as it goes on.
Options with_those_begun_with(Options options, const Json& header) {
  const auto text = [&](const char* key) {
    const Json value = header.value(key, Json());
    return value.is_string() ? std::optional(value.get<std::string>()) : std::nullopt;
  };
  options.push = options.push && header.value("push", true);
  options.mirror = options.mirror && header.value("mirror", true);
  options.edit = options.edit || header.value("edit", false);
  if (!options.message) options.message = text("message");
  if (!options.base) options.base = text("base");
  if (!options.docs_tasks) options.docs_tasks = text("docs_tasks");
  return options;
}

// Closing and looking, with the journal that there is.
void drive(Context& context, Result& result) {
  const Json planned = context.journal.last("write-plan");
  if (planned.is_object()) {
    context.write_plan = write_plan_from_json(planned.at("plan"));
    require_same_branch(context);
    recall_looks(context.journal, result);
    write(context, result);
    return;
  }
  const bool clear = look(context, result);
  if (context.options.dry_run) {
    if (context.session && context.stop != Stop::Interrupted) preview(context, result);
    result.status = Status::DryRun;
  } else if (clear) {
    if (begin_writing(context, result)) write(context, result);
  } else {
    stop(context, result);
    // A close that had nothing to close leaves nothing to continue.
    if (!context.session) context.journal.finish();
    if (context.stop == Stop::No && context.decisions.any_open())
      result.status = Status::NeedsDecision;
  }
}

Result blocked_by(const std::string& summary, const std::string& hint, Observer& observer) {
  const Phase& phase = phases()[1];
  PhaseReport report{std::string(phase.id), std::string(phase.title), block(summary), {}};
  report.result.hint = hint;
  observer.phase_started(phase);
  observer.phase_finished(report);
  Result result;
  result.phases.push_back(std::move(report));
  result.hint = hint;
  return result;
}

}  // namespace

std::string_view status_name(Status status) {
  switch (status) {
    case Status::Closed:
      return "closed";
    case Status::Blocked:
      return "blocked";
    case Status::NeedsDecision:
      return "needs-decision";
    case Status::DryRun:
      return "dry-run";
    case Status::Aborted:
      return "aborted";
  }
  return "blocked";
}

Result run(const session::Workspace& workspace, const Options& options, const Clock& clock,
           Observer& observer) {
  std::optional<LockHolder> holder;
  std::optional<FileLock> lock;
  if (!options.dry_run) {
    lock = lock_close(workspace, clock.now(), &holder);
    if (!lock) return blocked_by(describe(holder), "wait for it, or end that process", observer);
  }
  std::optional<Journal> journal = Journal::load(workspace);
  if (journal && !options.resume && !options.dry_run) {
    return blocked_by("an unfinished close of " +
                          journal->header().value("began_at", "an earlier time") + " exists",
                      "go on with 'git session close --continue', or take it back with 'git "
                      "session close --abort'",
                      observer);
  }
  if (!journal && options.resume) {
    throw refused("there is no unfinished close to continue")
        .with_hint("begin one with 'git session close'");
  }
  if (options.dry_run) {
    journal = Journal::in_memory(header(workspace, options, clock));
  } else if (!journal) {
    journal = Journal::create(workspace, header(workspace, options, clock));
  }
  const Options all = with_those_begun_with(options, journal->header());
  Decisions decisions(all, workspace.config, *journal, observer);
  Context context{workspace, all, clock, observer, *journal, decisions};
  Result result;
  try {
    drive(context, result);
  } catch (...) {
    // What failed before there was a session to look at left nothing to continue.
    if (!context.session && journal->last("write-plan").is_null()) journal->finish();
    throw;
  }
  result.decisions = decisions.all();
  return result;
}

AbortResult abort(const session::Workspace& workspace, const Clock& clock) {
  std::optional<LockHolder> holder;
  const std::optional<FileLock> lock = lock_close(workspace, clock.now(), &holder);
  if (!lock) throw refused(describe(holder)).with_hint("end that process first");
  std::optional<Journal> journal = Journal::load(workspace);
  if (!journal) throw refused("there is no unfinished close to abort");
  return roll_back(workspace, *journal);
}

}  // namespace gs::close
