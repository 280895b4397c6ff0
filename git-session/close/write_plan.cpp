#include "close/write_plan.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "close/commit_message.h"
#include "close/context.h"
#include "close/issue_plan.h"
#include "close/learnings_plan.h"
#include "close/mirror_plan.h"
#include "close/records.h"
#include "close/session_notes.h"
#include "close/staleness_records.h"
#include "close/status_file.h"
#include "close/summary.h"
#include "git/worktree_blobs.h"
#include "records/events.h"
#include "records/session_record.h"
#include "session/events.h"
#include "session/state_file.h"

namespace gs::close {

namespace {

void plan_scope_files(Context& context, WritePlan& plan) {
  plan_file(context, plan, "cleanup-scope", RepoPath(plan.state_directory + "/session-plan.toml"),
            std::nullopt);
  if (context.session->scope) {
    plan_file(context, plan, "cleanup-scope", RepoPath(context.session->scope->file), std::nullopt);
  }
}

// Choices that let the close go on against its recommendation.
std::vector<std::string> overriding_decisions(const Context& context) {
  std::vector<std::string> lines;
  for (const session::Decision& decision : context.decisions.all()) {
    if (decision.chosen.empty() || decision.chosen == decision.recommended ||
        decision.id == "trust")
      continue;
    const auto own = context.deviations.find(decision.id);
    lines.push_back(own != context.deviations.end()
                        ? own->second
                        : "close: decision " + decision.id + " = " + decision.chosen +
                              " (recommended: " + decision.recommended + ")");
  }
  return lines;
}

void plan_state_file(Context& context, WritePlan& plan) {
  if (context.session->state_text.empty()) return;
  std::string text = session::mark_completed(context.session->state_text, plan.completed_at);
  for (const std::string& line : overriding_decisions(context)) {
    text = session::append_deviation(text, line, plan.completed_at);
  }
  plan_file(context, plan, "state", context.workspace.state_file(), text);
}

void plan_record(Context& context, WritePlan& plan) {
  if (!context.workspace.config.flag("persistence")) return;
  const Json record = records::session_record(session_figures(context, plan.completed_at));
  const std::vector<std::string> problems = records::validate_session_record(record);
  if (!problems.empty()) throw fatal("the session's record is not valid: " + problems.front());
  plan.record_line = formats::to_json_line(record) + "\n";
  plan.lines = staleness_records(context, plan.completed_at);
  const std::optional<session::Baseline>& baseline = context.session->baseline;
  plan.record_alone = baseline && baseline->dirty.contains(RepoPath(kSessionsFile));
}

std::vector<long> done_issues(const Context& context) {
  std::vector<long> issues;
  for (const checks::ItemResult& result : context.plan.items) {
    const std::optional<long> issue = context.session->plan->items[result.index].issue;
    if (result.status == checks::ItemStatus::Done && issue) issues.push_back(*issue);
  }
  return issues;
}

std::vector<git::IndexChange> changes_of(const CommitUnit& unit) {
  std::vector<git::IndexChange> changes;
  for (const StagedFile& file : unit.files)
    changes.push_back({file.change.change.path, file.entry});
  return changes;
}

void plan_commits(const Context& context, WritePlan& plan) {
  const MessageSource source{context.session->plan, plan.session,
                             context.session->state.session_type, context.session->state.title,
                             context.workspace.config.list("co-author")};
  std::vector<long> closes = done_issues(context);
  if (context.options.message && !context.staging.units.empty()) {
    CommitPlan commit{
        given_message(source, *context.options.message, context.staging.units, closes), {}, false};
    closes.clear();
    for (const CommitUnit& unit : context.staging.units) {
      const std::vector<git::IndexChange> changes = changes_of(unit);
      commit.changes.insert(commit.changes.end(), changes.begin(), changes.end());
    }
    plan.commits.push_back(std::move(commit));
  } else {
    for (const CommitUnit& unit : context.staging.units) {
      std::optional<long> closed;
      if (unit.item) {
        const std::optional<long> issue = context.session->plan->items[*unit.item].issue;
        const auto found = issue ? std::find(closes.begin(), closes.end(), *issue) : closes.end();
        if (found != closes.end()) {
          closed = issue;
          closes.erase(found);
        }
      }
      plan.commits.push_back({unit_message(source, unit, closed), changes_of(unit), false});
    }
  }
  plan.commits.push_back({records_message(source, closes), {}, true});
}

bool in_head(const git::Repository& repository, const RepoPath& path) {
  const std::optional<git::ObjectId> head = repository.head().commit;
  return head && repository.tree_entry(repository.commit(*head).tree, path).present();
}

void plan_record_paths(const Context& context, WritePlan& plan) {
  std::set<RepoPath> paths;
  for (const FileWrite& file : plan.files) {
    // A scope or plan file that somebody committed leaves the repository with the close; an
    // untracked one just goes.
    const bool leaves = file.phase == "cleanup-scope" && in_head(context.repository(), file.path);
    const bool figures = file.phase == "ssot";
    if (leaves || figures || is_committed_record(context.workspace, file.path))
      paths.insert(file.path);
  }
  for (const session::OwnedChange& owned : context.owned) {
    const RepoPath& path = owned.change.path;
    if (is_committed_record(context.workspace, path) && owned.owner != session::Owner::Foreign)
      paths.insert(path);
  }
  if (!plan.record_line.empty()) paths.insert(RepoPath(kSessionsFile));
  if (!context.session->state_text.empty()) paths.insert(context.workspace.state_file());
  plan.record_paths.assign(paths.begin(), paths.end());
}

// Blobs of everything that the commits name; a file that is no longer what the gates saw is not
// committed.
void store_contents(const Context& context, std::vector<RepoPath>& changed_since) {
  std::vector<git::WorktreeFile> files;
  std::vector<git::TreeEntry> expected;
  for (const CommitUnit& unit : context.staging.units) {
    for (const StagedFile& file : unit.files) {
      if (file.split_content) (void)context.repository().write_blob(*file.split_content);
      const session::Change& change = file.change.change;
      if (!change.worktree.present()) continue;
      const git::FileMode tracked = change.index.present() ? change.index.mode : change.head.mode;
      files.push_back({change.path, tracked});
      expected.push_back(change.worktree);
    }
  }
  const auto stored = git::store_worktree_files(context.repository(), files);
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (stored[i] != expected[i]) changed_since.push_back(files[i].path);
  }
}

}  // namespace

std::string place_of(const git::Repository& repository, const RepoPath& path) {
  return path.bytes().starts_with('/') ? path.bytes() : repository.absolute(path);
}

void plan_file(Context& context, WritePlan& plan, const std::string& phase, const RepoPath& path,
               const std::optional<std::string>& after) {
  const std::optional<std::string> before =
      read_file_if_exists(place_of(context.repository(), path));
  if (before == after) return;
  const auto keep = [&](const std::optional<std::string>& content) {
    return content ? std::optional(context.journal.keep(*content)) : std::nullopt;
  };
  plan.files.push_back({phase, path, keep(before), keep(after)});
}

WritePlan make_write_plan(Context& context, bool store, std::vector<RepoPath>* changed_since) {
  WritePlan plan;
  plan.session = context.session->id;
  plan.state_directory = context.workspace.state_directory;
  const git::Head head = context.repository().head();
  plan.branch = head.branch.value_or("");
  plan.head = head.commit;
  plan.completed_at = context.clock.now();
  plan.started_at = context.session->state.started_at.value_or(plan.completed_at);

  const IssuePlan issues = plan_issues(context, plan.completed_at);
  plan.tracker = issues.tracker;
  plan.answers["issues"].problems = issues.problems;
  for (const IssueAction& action : issues.actions) {
    plan.issues.push_back(to_json(action));
    if (plan.tracker == "local") continue;
    // As a continued close reads it back: its marker must be the same.
    const std::string line = formats::to_json_line(tracker::to_json(action.task));
    plan.tasks.push_back(formats::parse_json(line, "a task"));
  }
  if (context.discovery) {
    context.discovery->stats.issues_created = static_cast<std::size_t>(
        std::count_if(issues.actions.begin(), issues.actions.end(), [](const IssueAction& action) {
          return action.action == "create" && action.task.issue.origin == "discovery";
        }));
  }
  for (const tracker::FileEdit& edit : issues.edits)
    plan_file(context, plan, "issues", edit.path, edit.content);

  plan_scope_files(context, plan);
  context.events = records::count_events(session::read_events(
      {records::events_file(context.repository()), records::own_events_file(context.repository())},
      plan.session));
  plan_learnings(context, plan);
  plan_record(context, plan);
  plan_state_file(context, plan);
  plan_commits(context, plan);
  const report::Report report = session_report(context, issues, plan.completed_at);
  if (const auto status = status_with_figures(context, report))
    plan_file(context, plan, "ssot", RepoPath(kStatusFile), *status);
  plan_handover(context, plan, report);
  plan_memory(context, plan, report);
  plan_mirrored_notes(context, plan, report);
  plan_record_paths(context, plan);
  plan.report = report::to_json(report);
  if (store) store_contents(context, *changed_since);
  return plan;
}

}  // namespace gs::close
