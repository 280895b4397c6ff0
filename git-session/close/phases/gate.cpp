#include <algorithm>
#include <array>

#include "base/text.h"
#include "checks/gates/command_run.h"
#include "checks/lines/probes.h"
#include "checks/shell/command_guard.h"
#include "close/look/isolation.h"
#include "close/look/plan_judgement.h"
#include "close/look/session_changes.h"
#include "close/look/trust.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

constexpr std::size_t kMostOfCommand = 40;  // characters beside what came of it
constexpr std::array kGates = {"typecheck", "test", "lint"};

// What the whole gate found; `failures` say what stops the close.
struct GateOutcome {
  Observer& observer;
  std::vector<session::Finding> findings = {};
  std::vector<std::string> failures = {};
  std::vector<std::string> summary = {};
  std::string detail = {};
  std::vector<std::string> missing = {};  // in an isolated gate, but named by what failed
  bool warned = false;

  void fail(std::string what, const std::string& details = "") {
    say(observer, {.outcome = Outcome::Block, .label = "gate", .text = what, .below = details});
    note_failure(std::move(what), details);
  }
  void note_failure(std::string what, const std::string& details) {
    failures.push_back(std::move(what));
    detail += failures.back() + "\n";
    if (!details.empty()) detail += details + "\n";
  }
};

void check_added_lines(Context& context, GateOutcome& outcome) {
  for (const session::Change& change : context.changes) {
    const AddedLines::Lines lines = context.added_lines.of_worktree(
        context.repository(), change.path, change.base, change.worktree);
    for (checks::Artifact& artifact : checks::find_artifacts(change.path.bytes(), lines->lines)) {
      const session::Finding& finding = artifact.finding;
      if (artifact.fails) {
        outcome.fail(change.path.quoted() + ":" + std::to_string(finding.line) + ": " +
                     finding.title);
      } else {
        outcome.warned = true;
      }
      outcome.findings.push_back(std::move(artifact.finding));
    }
  }
  for (const auto& [path, reason] : context.added_lines.unreadable()) {
    outcome.warned = true;
    outcome.findings.push_back(
        {.source = "gate",
         .file = path.bytes(),
         .title = "its earlier content cannot be read: every line counts as added",
         .detail = reason,
         .recommendation = "'git fsck' says what is damaged"});
  }
}

session::Finding failed_finding(const std::string& name, const checks::CommandRun& run) {
  return {.source = "gate",
          .severity = session::Severity::High,
          .title = name + " failed: " + run.ending,
          .detail = join(run.last_lines, "\n"),
          .recommendation = checks::lacks_program(run)
                                ? "install it, or 'git session config " + name + "-command skip'"
                                : "fix it, then 'git session close --continue'"};
}

std::string describe(const std::string& name, const checks::CommandRun& run) {
  std::string text = name + " " + std::string(checks::run_outcome_name(run.outcome)) + " in " +
                     format_duration(run.duration);
  if (run.counts) {
    text += " (" + std::to_string(run.counts->passed) + " passed";
    if (run.counts->failed > 0) text += ", " + std::to_string(run.counts->failed) + " failed";
    text += ")";
  }
  return text;
}

// "make test · 55 passed"
void say_gate(Observer& observer, const std::string& name, const checks::CommandRun& run,
              const std::string& below) {
  const bool passed = run.outcome == checks::RunOutcome::Passed;
  Line line{.outcome = passed ? Outcome::Ok : Outcome::Block,
            .label = name,
            .text = ellipsize(run.command, kMostOfCommand),
            .figure = format_duration(run.duration),
            .below = below};
  if (!passed) line.text += "   " + run.ending;
  if (run.counts) {
    line.text += " · " + std::to_string(run.counts->passed) + " passed";
    if (run.counts->failed > 0) line.text += ", " + std::to_string(run.counts->failed) + " failed";
  }
  say(observer, std::move(line));
}

std::string why_no_command(const Context& context, const std::string& name, GateOutcome& outcome) {
  const std::string key = name + "-command";
  const bool set = context.workspace.config.at(key).origin.scope != "default";
  if (set || !context.workspace.stack) return "no " + key;
  for (const session::Stack::Missing& missing : context.workspace.stack->missing) {
    if (missing.gate != name) continue;
    const bool tests = name == "test";
    outcome.warned = outcome.warned || tests;
    outcome.findings.push_back(
        {.source = "gate",
         .severity = tests ? session::Severity::Medium : session::Severity::Low,
         .title = name + " was not run: '" + missing.command + "' needs " + missing.program +
                  ", which is not installed",
         .recommendation = "install it, or 'git session config " + key + " none'"});
    return missing.program + " is not installed ('" + missing.command + "')";
  }
  return "no " + key;
}

// Which difference between the checkout and the work tree may have made a gate fail.
void add_missing_files(const Context& context, const checks::CommandRun& run,
                       GateOutcome& outcome) {
  for (const std::string& missing : missing_there(context, run)) {
    outcome.findings.push_back({.source = "gate",
                                .severity = session::Severity::High,
                                .title = missing,
                                .recommendation = "'git session claim' makes it the session's"});
    outcome.detail += missing + "\n";
    outcome.missing.push_back(missing);
  }
}

std::string where_all_is(const Context& context, const std::string& name,
                         const checks::CommandRun& run) {
  const auto lines =
      static_cast<std::size_t>(std::count(run.output.begin(), run.output.end(), '\n'));
  const bool has_more = !context.options.dry_run && lines > run.last_lines.size();
  return has_more ? "\nfull log: git session log --gate " + name : "";
}

GateResult run_gate(Context& context, const std::string& name, GateOutcome& outcome) {
  GateResult gate{name, std::nullopt, ""};
  const std::optional<std::string> command = context.workspace.config.text(name + "-command");
  if (!command) {
    gate.skipped = why_no_command(context, name, outcome);
    return gate;
  }
  if (*command == "skip") {
    gate.skipped = "configured to skip";
    return gate;
  }
  gate.run = run_session_command(context, name, *command);
  outcome.summary.push_back(describe(name, *gate.run));
  const bool passed = gate.run->outcome == checks::RunOutcome::Passed;
  const std::string output =
      passed ? "" : join(gate.run->last_lines, "\n") + where_all_is(context, name, *gate.run);
  say_gate(context.observer, name, *gate.run, output);
  if (!passed) {
    outcome.findings.push_back(failed_finding(name, *gate.run));
    outcome.note_failure(name + " failed: " + gate.run->ending + "  (" + *command + ")", output);
    add_missing_files(context, *gate.run, outcome);
  } else if (checks::cannot_fail(*command)) {
    outcome.warned = true;
    outcome.findings.push_back(
        {.source = "gate",
         .title = name + " is a gate that cannot fail: " + *command,
         .recommendation =
             "set " + name + "-command to what really checks the project, or to skip"});
  }
  return gate;
}

void run_gates(Context& context, GateOutcome& outcome) {
  std::vector<std::string> skipped;
  for (const std::string name : kGates) {
    context.gates.push_back(run_gate(context, name, outcome));
    const GateResult& gate = context.gates.back();
    if (!gate.skipped.empty()) skipped.push_back(name);
    if (context.stop == Stop::Interrupted) break;
  }
  if (!skipped.empty()) outcome.summary.push_back(join(skipped, ", ") + " skipped");
}

PhaseResult decide(Context& context, const GateOutcome& outcome) {
  PhaseResult result = block(join(outcome.failures, "; "));
  result.findings = outcome.findings;
  result.detail = outcome.detail;
  const auto lacks = [](const GateResult& gate) {
    return gate.run && checks::lacks_program(*gate.run);
  };
  const auto without = std::find_if(context.gates.begin(), context.gates.end(), lacks);
  result.hint = without == context.gates.end()
                    ? "fix it, then 'git session close --continue'"
                    : "install what is missing, or 'git session config " + without->name +
                          "-command skip', then 'git session close --continue'";
  if (!outcome.missing.empty()) result.hint = outcome.missing.front() + "; " + result.hint;
  const std::optional<std::string> chosen = context.decisions.take(
      {"gate",
       "The quality gate failed. How should the close continue?",
       {{"stop", "stop here; fix it, then 'git session close --continue'",
         "[q]uit, continue later"},
        {"retry", "check again and rerun the gates now", "[r]un again"},
        {"issue", "file a priority:high issue, leave the session open, commit nothing",
         "[f]ile an issue and stop"},
        {"abort", "end this close", "[e]nd the close"}},
       "stop",
       outcome.detail,
       ""});
  result.open_decision = !chosen;
  if (chosen == "stop") context.stop = Stop::KeepJournal;
  if (chosen == "retry") {
    // The same answer would run them forever.
    const bool enough = context.retries > 0 && context.decisions.is_fixed("gate");
    context.stop = enough ? Stop::KeepJournal : Stop::Retry;
  }
  if (chosen == "issue") context.stop = Stop::GateIssue;
  if (chosen == "abort") context.stop = Stop::Abort;
  return result;
}

// The gates see the whole tree, a commit only has the session's files.
std::size_t not_committed(const Context& context) {
  return static_cast<std::size_t>(std::count_if(
      context.owned.begin(), context.owned.end(), [](const session::OwnedChange& owned) {
        return owned.owner != session::Owner::Ours && owned.owner != session::Owner::Mixed;
      }));
}

PhaseResult not_ready(const Isolation& isolation) {
  PhaseResult result = block(isolation.problem);
  result.open_decision = isolation.state == Isolation::State::Waits;
  if (result.open_decision) result.summary = "the gates wait for the decision on file ownership";
  result.hint = isolation.hint;
  return result;
}

bool runs_any(const Context& context) {
  const config::SessionConfig& config = context.workspace.config;
  return std::any_of(kGates.begin(), kGates.end(), [&](const char* name) {
    return config.text(std::string(name) + "-command").value_or("skip") != "skip";
  });
}

// Why the gates of an isolated close do not run yet; absent: they do.
std::optional<PhaseResult> cannot_isolate(Context& context) {
  if (!wants_isolation(context) || !runs_any(context)) return std::nullopt;
  const Isolation& isolation = isolate(context);
  if (!isolation.is_ready()) return not_ready(isolation);
  judge_plan_as_decided(context);
  return std::nullopt;
}

void add_isolation(const Context& context, GateOutcome& outcome) {
  if (!context.isolation) return;
  for (const std::string& way : context.isolation->not_isolated) {
    outcome.warned = true;
    outcome.findings.push_back({.source = "gate",
                                .title = "not isolated: " + way,
                                .recommendation = "the tree does not count as tested"});
  }
  for (const std::string& note : context.isolation->notes) {
    outcome.findings.push_back(
        {.source = "gate", .severity = session::Severity::Low, .title = note});
  }
  if (context.isolation->not_isolated.empty() && outcome.failures.empty())
    say(context.observer,
        {.label = "tree",
         .text = context.isolation->tree.abbreviated() + " checked out and tested"});
  outcome.summary.push_back(
      (context.isolation->not_isolated.empty() ? "in tree " : "not isolated, tree ") +
      context.isolation->tree.abbreviated());
}

PhaseResult look_gate(Context& context) {
  GateOutcome outcome{.observer = context.observer};
  check_added_lines(context, outcome);
  if (!is_trusted(context)) {
    PhaseResult result = without_trust(context);
    result.detail.clear();  // the session's phase has shown it
    result.findings = outcome.findings;
    return result;
  }
  if (auto blocked = cannot_isolate(context)) {
    blocked->findings = outcome.findings;
    return *std::move(blocked);
  }
  run_gates(context, outcome);
  if (context.stop == Stop::Interrupted) return block("interrupted");
  if (context.isolation && !context.isolation->is_ready()) return not_ready(*context.isolation);
  add_isolation(context, outcome);
  if (!outcome.failures.empty()) return decide(context, outcome);
  const bool ran = std::any_of(context.gates.begin(), context.gates.end(),
                               [](const GateResult& gate) { return gate.skipped.empty(); });
  PhaseResult result = outcome.warned || !ran ? warn("") : ok("");
  result.summary =
      ran ? join(outcome.summary, ", ") : "no command ran: " + join(outcome.summary, ", ");
  if (const std::size_t others = not_committed(context); ran && others > 0 && !context.isolation)
    result.summary +=
        ", with " + plural(others, "file") + " in the tree that are not the session's";
  result.findings = outcome.findings;
  return result;
}

}  // namespace

const Phase kGate{
    .id = "gate",
    .title = "Quality gate",
    .look = look_gate,
    .does = R"(runs typecheck, test and lint; looks for conflict markers and debug artifacts in
added lines. Isolated (`--isolated`, `gate-isolation`), the
commands run in a checkout of what is committed)",
    .skipped_when = R"(each command that is `skip` or not configured)",
    .blocks_when =
        R"(anything fails, also for want of a program: decision `gate`; nothing runs before the clone trusts it:
decision `trust`; isolated, it waits for the decisions of `staging-plan`, and what is committed has to be one that git can check
out)",
};

}  // namespace gs::close
