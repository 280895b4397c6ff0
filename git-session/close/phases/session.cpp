#include <algorithm>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "checks/secrets/mask.h"
#include "close/look/session_changes.h"
#include "close/look/trust.h"
#include "close/phases/phases.h"
#include "git/commit/commit.h"
#include "session/docs_tasks.h"

namespace gs::close {

namespace {

// The program does not guess which of them is meant.
std::optional<PhaseResult> refuse_to_choose(const Context& context) {
  if (context.options.resume) return std::nullopt;  // the unfinished close names it
  try {
    session::require_one_session(context.workspace);
    return std::nullopt;
  } catch (const Error& error) {
    PhaseResult result = block(error.message());
    result.hint = error.hint();
    return result;
  }
}

// The session's docs tasks: STATE.md's, the plan's, or those of --docs-tasks.
session::DocsTaskList find_docs_tasks(const Context& context) {
  std::optional<session::NamedText> file;
  if (context.options.docs_tasks) {
    const std::string& name = *context.options.docs_tasks;
    try {
      file = session::NamedText{name, read_file(name)};
    } catch (const Error& error) {
      return {"'" + name + "'", {}, {error.message()}};
    }
  }
  return session::list_docs_tasks(context.session->state, context.session->plan, file);
}

// The patterns that they name, else those of their audience.
std::vector<std::string> patterns_of(const session::DocsTaskList& list) {
  std::vector<std::string> patterns;
  for (const session::ListedDocsTask& task : list.tasks) {
    if (!task.target.empty()) {
      patterns.push_back(task.target);
      continue;
    }
    const auto& of_audience = session::audience_patterns(task.audience);
    patterns.insert(patterns.end(), of_audience.begin(), of_audience.end());
  }
  return patterns;
}

std::string short_name(const std::string& commit) {
  constexpr std::size_t kDigits = 10;
  return commit.empty() ? "none" : commit.substr(0, kDigits);
}

// What holds a session lies in the tree where sessions are tracked, and whoever edits it can loosen
// it: the report says what is no longer as the start has recorded it.
void add_changes_since_start(Context& context) {
  session::CurrentSession& session = *context.session;
  if (!context.workspace.home.tracked() || !session.baseline || session.state_text.empty()) return;
  std::vector<std::string>& warnings = session.warnings;
  const std::string state = context.workspace.state_file().bytes();
  if (std::any_of(session.pauses.all.begin(), session.pauses.all.end(),
                  [](const session::Pause& pause) { return pause.by_status_alone; }))
    warnings.push_back(state + ": the status changed during the session: active -> paused");
  const std::string begun = session.baseline->head ? session.baseline->head->hex() : "";
  if (session.state.session_start_ref != begun) {
    warnings.push_back(state + ": the start commit changed during the session: " +
                       short_name(begun) + " -> " + short_name(session.state.session_start_ref));
  }
  const FilePlace scope = context.workspace.state_directory.child(session::kScopeFile);
  if (session.baseline->scope &&
      *session.baseline->scope != session::scope_digest(context.repository().files().read(scope)))
    warnings.push_back(scope.bytes() + ": the scope changed during the session");
}

void say_opening(const Context& context) {
  if (context.replanning || context.retries > 0) return;
  const session::CurrentSession& session = *context.session;
  std::string title = session.state.title;
  Opening opening{title.empty() ? session.id : checks::mask_text(title), context.branch, {}};
  if (session.state.started_at) {
    const Timestamp now = context.clock.now();
    const auto paused = session::time_paused(
        session.pauses, session::open_pause(session.pauses, session.state), now);
    opening.age =
        std::chrono::duration_cast<std::chrono::seconds>(now - *session.state.started_at - paused);
  }
  context.observer.opened(opening);
}

// In the middle of a merge or rebase nothing can be committed, whatever plan and gates say.
std::optional<PhaseResult> unfit_for_commits(const Context& context) {
  std::vector<std::string> reasons;
  std::string fix;
  const git::Operation operation = context.repository().operation_in_progress();
  if (operation != git::Operation::None && operation != git::Operation::Bisect) {
    const std::string name(git::operation_name(operation));
    reasons.push_back("a " + name + " is in progress");
    fix = "finish it ('git " + name + " --continue') or abort it";
  }
  for (const git::UnmergedEntry& entry : context.status.unmerged)
    reasons.push_back("unmerged path " + entry.path.quoted());
  if (reasons.empty()) return std::nullopt;
  if (fix.empty()) fix = "resolve the conflicts and 'git add' the files";
  PhaseResult result = block(join(reasons, ", "));
  result.hint = fix + ", then 'git session close --continue'";
  return result;
}

// Whether the close may make a commit.
bool may_commit(const Context& context) {
  return context.workspace.home.tracked() ||
         std::any_of(context.owned.begin(), context.owned.end(),
                     [](const auto& owned) { return owned.owner != session::Owner::Foreign; });
}

std::optional<PhaseResult> without_identity(const Context& context) {
  if (!may_commit(context)) return std::nullopt;
  try {
    for (const char* role : {"AUTHOR", "COMMITTER"})
      (void)git::identity_line(context.repository(), role);
    return std::nullopt;
  } catch (const Error& error) {
    PhaseResult result = block(error.message());
    result.hint = error.hint();
    return result;
  }
}

PhaseResult look_session(Context& context) {
  if (auto refused = refuse_to_choose(context)) return *std::move(refused);
  // A branch that is checked out later, while the gates run, is not the session's.
  context.branch = context.repository().head().branch.value_or("");
  session::SessionLookup lookup =
      session::find_current_session(context.workspace, context.options.base);
  if (!lookup.session) {
    PhaseResult result = block(lookup.detail);
    if (lookup.absence == session::Absence::Paused) {
      result.hint = session::resume_hint(session::paused_here(context.workspace));
    } else {
      result.hint =
          lookup.absence == session::Absence::OtherBranch
              ? "check out the session's branch, or begin one here with 'git session start'"
              : "begin one with 'git session start'";
    }
    return result;
  }
  context.session = std::move(lookup.session);
  say_opening(context);
  context.docs_tasks = find_docs_tasks(context);
  context.session->more_docs = patterns_of(context.docs_tasks);
  collect_changes(context);
  // Before any command of the session runs.
  if (auto unfit = unfit_for_commits(context)) return *std::move(unfit);
  if (auto refused = without_identity(context)) return *std::move(refused);

  std::size_t foreign = 0;
  std::size_t unclaimed = 0;
  for (const session::OwnedChange& owned : context.owned) {
    if (owned.owner == session::Owner::Foreign) ++foreign;
    if (owned.owner == session::Owner::Unclaimed) ++unclaimed;
  }
  std::string summary = context.session->id + ": " + plural(context.changes.size(), "changed file");
  if (foreign > 0) summary += ", " + plural(foreign, "foreign one");
  if (unclaimed > 0) summary += ", " + std::to_string(unclaimed) + " unclaimed";
  PhaseResult result = ok(summary);
  if (!is_trusted(context)) {
    result = without_trust(context);
    if (!result.open_decision) {
      if (context.hidden_from_trust.empty()) context.stop = Stop::Abort;
      return result;
    }
  }
  for (const std::string& warning : context.session->warnings) {
    if (result.outcome == Outcome::Ok) result.outcome = Outcome::Warn;
    result.findings.push_back({.source = "session",
                               .severity = session::Severity::Low,
                               .title = warning,
                               .recommendation = "fix the file; the close continues without it",
                               .is_elsewhere = true});
  }
  add_changes_since_start(context);
  return result;
}

}  // namespace

const Phase kSession{
    .id = "session",
    .title = "Session",
    .look = look_session,
    .does = R"(finds the active session of this branch, what changed since it started, and whose
each change is)",
    .skipped_when = R"(never; with `persistence` off no STATE.md is needed)",
    .blocks_when =
        R"(there is no session, or it is paused or completed, or belongs to another branch; a merge or
rebase is in progress; git has no identity to commit with; commands or destinations of the
repository that this clone does not trust yet: decision `trust`)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
