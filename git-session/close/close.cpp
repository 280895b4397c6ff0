#include "close/close.h"

#include <unistd.h>

#include <functional>
#include <map>

#include "base/error.h"
#include "base/file/file_lock.h"
#include "base/text.h"
#include "close/abort.h"
#include "close/commit/commits.h"
#include "close/commit/rewritten.h"
#include "close/issues/issue_writing.h"
#include "close/journal/before_close.h"
#include "close/look/command_writes.h"
#include "close/phases/phases.h"
#include "close/plan/commit_plan.h"
#include "close/plan/final_report.h"
#include "close/session_branch.h"
#include "session/baseline.h"
#include "session/closing.h"
#include "tracker/local_tracker.h"

namespace gs::close {

namespace {

// How this round of the close ended.
enum class Round {
  Over,
  Again,  // what was planned from has changed: plan again
};

// The newest plan of an earlier round; empty if there was none.
std::vector<CommitPlan> earlier_plans(const Journal& journal) {
  const Json event = journal.last("commit-plan");
  return event.is_object() ? commit_plans_from_json(event.at("commits"))
                           : std::vector<CommitPlan>();
}

// Decides what will be committed. False if a file has changed since it was checked.
bool plan_work(Context& context, Result& result) {
  std::vector<RepoPath> changed;
  save_before_close(context);
  context.commit_plans = plan_commits(context, true, &changed);
  if (!changed.empty()) {
    result.hint =
        "'" + changed.front().quoted() + "' " +
        (leave_what_is_rewritten(context, changed)
             ? "is rewritten whenever the commands run, so the session ignores it from now on: "
               "'git session close --continue'"
             : "changed while the close was checking; 'git session close --continue' checks again");
    return false;
  }
  std::map<RepoPath, git::TreeEntry> staged;
  for (const CommitUnit& unit : context.staging.units) {
    for (const StagedFile& file : unit.files)
      staged[file.change.change.path] = file.change.change.index;
  }
  const auto behind = behind_head(context.repository(), earlier_plans(context.journal),
                                  context.commit_plans, staged);
  if (behind) {
    result.hint = "HEAD has a change to " + behind->quoted() +
                  " that the work tree does not have: apply it ('git diff HEAD -- " +
                  behind->quoted() +
                  "' shows it reversed), or commit the file as it is yourself ('git commit -- " +
                  behind->quoted() + "'), then 'git session close --continue'";
    return false;
  }
  context.journal.record("commit-plan", {{"commits", to_json(context.commit_plans)}});
  return true;
}

void put_away(Context& context) {
  session::put_away(context.repository().common_dir(), context.write_plan->session);
  context.journal.keep_for_undo(context.workspace);
}

void finish_with_records(Context& context, Result& result) {
  result.session = context.write_plan->session;
  result.issues = context.write_plan->issues;
  if (!run_writes(context, result, Writes::Records)) {
    if (context.decisions.any_open()) result.status = Status::NeedsDecision;
    return;
  }
  result.report = final_report(context);
  // The last phase runs when the report has been saved.
  if (!context.reports.back().result.findings.empty()) save_report(context);
  put_away(context);
  result.status = Status::Closed;
}

void plan_records(Context& context) {
  // Whoever files or notes something from here on finds the plan in the journal.
  const FileLock issues = tracker::lock_local_issues(context.repository());
  const FileLock notes = session::lock_noted_learnings(context.repository());
  context.write_plan = make_write_plan(context);
  context.journal.record("write-plan", {{"plan", to_json(*context.write_plan)}});
}

Round write(Context& context, Result& result) {
  if (!run_writes(context, result, Writes::Work)) {
    if (context.moved) return Round::Again;
    if (context.decisions.any_open()) result.status = Status::NeedsDecision;
    return Round::Over;
  }
  plan_records(context);
  finish_with_records(context, result);
  return Round::Over;
}

std::string committed_so_far(const Context& context) {
  return context.commits.empty() ? "nothing was committed"
                                 : plural(context.commits.size(), "commit") + " made before stay";
}

// A close without commits leaves nothing to go back from.
void drop_way_back(const Context& context) {
  if (context.commits.empty()) drop_before_close(context.workspace, context.journal);
}

void stop(Context& context, Result& result) {
  switch (context.stop) {
    case Stop::No:
    case Stop::Retry:
    case Stop::KeepJournal:
    case Stop::Interrupted:
      return;
    case Stop::GateIssue:
      result.issues = file_gate_issue(context, result.phases.back().result.summary);
      result.hint = "the session stays open; " + committed_so_far(context);
      drop_way_back(context);
      result.phases.back().result.hint = result.hint;
      context.journal.finish();
      return;
    case Stop::Abort:
      drop_way_back(context);
      context.journal.finish();
      result.status = Status::Aborted;
      result.hint = "the close was ended; " + committed_so_far(context);
      result.phases.back().result.hint = result.hint;
  }
}

void require_same_branch(Context& context) {
  context.branch = context.write_plan->branch;
  if (!context.journal.last("closed").is_null()) return;
  const std::string now = context.repository().head().branch.value_or("");
  const std::string& then = context.write_plan->branch;
  if (now == then) return;
  throw refused("this close started on " +
                (then.empty() ? "a detached HEAD" : "branch '" + then + "'"))
      .with_hint((then.empty() ? std::string("detach HEAD again") : "check out '" + then + "'") +
                 ", or take the close back with 'git session close --abort'");
}

// For the journal's first line, which shows gc and status whose close is unfinished.
std::string session_to_close(const session::Workspace& workspace, const Options& options) {
  try {
    const session::SessionLookup lookup = session::find_current_session(workspace, options.base);
    return lookup.session ? lookup.session->id : "";
  } catch (const Error&) {
    return "";  // the session phase says why
  }
}

// A journal is of one session, and carries on with no other's work.
void require_own_journal(const Journal& journal, const session::Workspace& workspace,
                         const Options& options) {
  const std::string whose = journal.header().value("session", "");
  const std::string meant = session_to_close(workspace, options);
  if (whose.empty() || meant.empty() || meant == whose || !journal.last("closed").is_null()) return;
  throw refused("the unfinished close is of session '" + whose + "', not of '" + meant + "'")
      .with_hint("'git session close --continue --session " + quote_shell(whose) +
                 "' continues it, '--abort' takes it back");
}

Json header(const session::Workspace& workspace, const Options& options, const Clock& clock) {
  Json header = {{"pid", static_cast<long>(::getpid())},
                 {"began_at", format_utc(clock.now())},
                 {"session", session_to_close(workspace, options)}};
  header.update(lasting_options(options));
  return header;
}

// Continues with the records of a close whose work is committed.
void resume_records(Context& context, const Json& planned, Result& result) {
  context.write_plan = write_plan_from_json(planned);
  context.commit_plans = earlier_plans(context.journal);
  finish_session_branch(context);
  require_same_branch(context);
  context.commits = as_they_are_now(context.repository(), std::move(context.commits));
  result.commits = context.commits;
  recall_looks(context.journal, result);
  finish_with_records(context, result);
}

// What was left to do of a close that was killed at its very end.
void finish_closed(Context& context) {
  context.write_plan = write_plan_from_json(context.journal.last("write-plan").at("plan"));
  if (context.journal.is_done("push")) context.pushed = context.write_plan->branch;
  const PhaseResult last = kSnapshots.write(context);
  if (last.outcome == Outcome::Warn) context.observer.message(last.summary);
  put_away(context);
}

bool has_planned(const Journal& journal) {
  return !journal.last("commit-plan").is_null() || !journal.last("write-plan").is_null();
}

Round look_and_write(Context& context, Result& result) {
  const bool clear = run_looks(context, result);
  if (context.stop == Stop::Retry) return Round::Again;
  if (context.options.dry_run) {
    const bool ended = context.stop == Stop::Interrupted || is_ended_by_person(context);
    if (context.session && !ended) preview_writes(context, result);
    result.status = Status::DryRun;
    return Round::Over;
  }
  if (clear) return plan_work(context, result) ? write(context, result) : Round::Over;
  stop(context, result);
  // A close without anything to close leaves nothing to continue.
  if (!context.session && !has_planned(context.journal)) context.journal.finish();
  if (context.stop == Stop::No && context.decisions.any_open())
    result.status = Status::NeedsDecision;
  return Round::Over;
}

// Whether to plan once more. Only the first time needs no decision, or busy neighbours could keep a
// close running forever.
bool may_plan_again(Context& context, int rounds, Result& result) {
  const std::string what = context.moved->quoted();
  context.observer.message("HEAD has a different version of " + what + ": planning again");
  if (rounds < 2) return true;
  constexpr int kMostRounds = 20;
  const std::optional<std::string> chosen = context.decisions.take(
      {"moved",
       "Other commits keep changing the files of this close. How should the close continue?",
       {{"stop", "stop here; 'git session close --continue' plans again"},
        {"retry", "plan again now, and rerun the gates where needed"}},
       "stop",
       what + "\n",
       ""});
  if (chosen == "retry" && rounds < kMostRounds) return true;
  if (!chosen) result.status = Status::NeedsDecision;
  result.hint = "others keep changing " + what + "; 'git session close --continue' plans again";
  return false;
}

// Rounds of looking and writing, on an existing journal.
void drive(const std::function<Context()>& new_context, Result& result) {
  int retries = 0;
  for (int rounds = 1;; ++rounds) {
    Context context = new_context();
    context.retries = retries;
    const Json planned = context.journal.last("write-plan");
    // Commits removed from the branch before the records were planned are planned again.
    context.commits = made_commits(context.workspace, context.journal,
                                   planned.is_object() ? Which::All : Which::NotLost);
    context.replanning = rounds > 1;
    result.commits = context.commits;
    if (planned.is_object()) return resume_records(context, planned.at("plan"), result);
    try {
      if (look_and_write(context, result) == Round::Over) return;
    } catch (...) {
      // Tells the caller that there is a session to continue with.
      if (context.session) result.session = context.session->id;
      throw;
    }
    if (context.stop == Stop::Retry) {
      ++retries;
    } else if (!may_plan_again(context, rounds - retries, result)) {
      return;
    }
    result = Result();
  }
}

std::string describe_unfinished(const Journal& journal, const Clock& clock) {
  const auto began = parse_iso8601(journal.header().value("began_at", ""));
  const std::string text = "there is an unfinished close";
  return began ? text + ", started " + format_age(clock.now() - *began) : text;
}

Result blocked_by(const std::string& summary, const std::string& hint, Observer& observer) {
  const Phase& phase = kSession;
  PhaseReport report{std::string(phase.id), std::string(phase.title), block(summary), {}};
  report.result.hint = hint;
  observer.phase_started(phase);
  observer.phase_finished(report);
  Result result;
  result.phases.push_back(std::move(report));
  result.hint = hint;
  return result;
}

// Continuing a close that went to its end is no mistake: whoever repeats it gets what it wanted.
// Without such a close, or beside an open session, it is one.
Result nothing_to_continue(const session::Workspace& workspace, const Options& options) {
  session::require_one_session(workspace);
  const session::SessionLookup lookup = session::find_current_session(workspace, options.base);
  const bool is_open = lookup.session || lookup.absence == session::Absence::OtherBranch ||
                       lookup.absence == session::Absence::Paused;
  if (is_open || !file_info(session::reports_directory(workspace.repository.git_dir()))) {
    throw refused("there is no unfinished close to continue")
        .with_hint("begin one with 'git session close'");
  }
  Result result;
  result.status = Status::Closed;
  result.hint = "nothing to continue: there is no unfinished close, and no session is open";
  return result;
}

}  // namespace

Result run(const session::Workspace& workspace, const Options& options, const Clock& clock,
           Observer& observer) {
  std::optional<LockHolder> holder;
  std::optional<FileLock> lock;
  if (!options.dry_run) {
    lock = session::try_lock_close(workspace.repository.git_dir(), clock.now(), &holder);
    if (!lock) return blocked_by(describe(holder), "wait for it, or end that process", observer);
  }
  if (session::is_undo_unfinished(workspace.repository.git_dir()))
    return blocked_by("the undo of the last close is not finished",
                      "'git session undo' finishes it", observer);
  std::optional<Journal> journal = Journal::load(workspace);
  const auto new_context = [&](const Options& all, Journal& of, Decisions& decisions) {
    return Context{workspace, all, clock, observer, of, decisions};
  };
  if (journal && !options.resume && !options.dry_run && !journal->last("closed").is_null()) {
    Decisions decisions(options, workspace.config, *journal, observer);
    Context context = new_context(options, *journal, decisions);
    finish_closed(context);
    journal.reset();
  }
  if (journal && !options.resume && !options.dry_run) {
    return blocked_by(describe_unfinished(*journal, clock),
                      "continue with 'git session close --continue', or take it back with 'git "
                      "session close --abort'",
                      observer);
  }
  if (!journal && options.resume) return nothing_to_continue(workspace, options);
  if (options.dry_run) {
    journal = Journal::in_memory(header(workspace, options, clock));
  } else if (!journal) {
    journal = Journal::create(workspace, header(workspace, options, clock));
  }
  const Options all = with_those_begun_with(options, journal->header());
  if (options.resume) require_own_journal(*journal, workspace, all);
  Result result;
  if (!journal->last("abort").is_null()) {
    result.session = roll_back(workspace, *journal).session;
    result.status = Status::Aborted;
    result.hint = "an earlier 'git session close --abort' was interrupted; it is complete now";
    return result;
  }
  if (!options.dry_run) settle_commits(workspace, *journal);
  Decisions decisions(all, workspace.config, *journal, observer);
  try {
    drive([&] { return new_context(all, *journal, decisions); }, result);
  } catch (...) {
    // A failure before the session was read leaves nothing to continue.
    if (result.session.empty() && !has_planned(*journal)) journal->finish();
    throw;
  }
  result.decisions = decisions.all();
  return result;
}

}  // namespace gs::close
