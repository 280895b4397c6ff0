#include "close/plan/write_plan.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/file/file.h"
#include "checks/secrets/mask.h"
#include "close/commit/commits.h"
#include "close/context.h"
#include "close/look/isolation.h"
#include "close/look/session_changes.h"
#include "close/plan/commit_message.h"
#include "close/plan/commit_plan.h"
#include "close/plan/issue_plan.h"
#include "close/plan/learnings_plan.h"
#include "close/plan/mirror_plan.h"
#include "close/plan/report_builder.h"
#include "close/plan/session_notes.h"
#include "close/plan/status_file.h"
#include "git/objects/merge.h"
#include "git/status/ignore_rules.h"
#include "records/events.h"
#include "records/lessons.h"
#include "records/session_record.h"
#include "session/baseline.h"
#include "session/events.h"
#include "session/state_file.h"
#include "session/workspace.h"

namespace gs::close {

namespace {

Json staleness_summary(const Context& context, const char* probe, Timestamp now) {
  return {{"timestamp", format_utc(now)},
          {"probe", probe},
          {"project_root", context.repository().work_tree()},
          {"vault_dir", context.staleness->vault}};
}

Json project_summary(const Context& context, Timestamp now) {
  const checks::StalenessCheck& check = context.staleness->check;
  Json record = staleness_summary(context, "vault-staleness", now);
  Json findings = Json::array();
  for (const checks::ProjectStaleness& project : check.stale_projects) {
    Json hours;
    if (project.hours) hours = std::round(*project.hours * 10) / 10;
    findings.push_back({{"slug", project.slug},
                        {"severity", session::severity_name(project.severity)},
                        {"last_sync", or_null(project.last_sync)},
                        {"delta_hours", hours},
                        {"flag", "stale-yes"}});
  }
  record["scanned_projects"] = check.projects;
  record["stale_count"] = check.stale_projects.size() - check.project_errors;
  record["errors"] = check.project_errors;
  record["duration_ms"] = check.project_time.count();
  record["findings"] = std::move(findings);
  return record;
}

Json narrative_summary(const Context& context, Timestamp now) {
  const checks::StalenessCheck& check = context.staleness->check;
  Json record = staleness_summary(context, "vault-narrative-staleness", now);
  Json findings = Json::array();
  std::size_t stale = 0;
  for (const checks::NarrativeStaleness& narrative : check.stale_narratives) {
    if (narrative.days) ++stale;
    findings.push_back({{"slug", narrative.slug},
                        {"file", narrative.file},
                        {"tier", narrative.tier},
                        {"severity", session::severity_name(narrative.severity)},
                        {"age_days", or_null(narrative.days)},
                        {"threshold_days", narrative.threshold}});
  }
  record["scanned_projects"] = check.directories;
  record["scanned_narratives"] = check.narratives;
  record["stale_narratives"] = stale;
  record["errors"] = check.narrative_errors;
  record["duration_ms"] = check.narrative_time.count();
  record["findings"] = std::move(findings);
  return record;
}

// The summaries of the phase `staleness` for vault-staleness.jsonl and
// vault-narrative-staleness.jsonl (docs/formats.md, "Staleness"); none if it did not run.
std::vector<LineWrite> staleness_records(const Context& context, Timestamp now) {
  if (!context.staleness) return {};
  const auto line = [&](const char* name, const Json& record) {
    return LineWrite{"metrics", context.workspace.home.record(name),
                     formats::to_json_line(record) + "\n"};
  };
  return {line("vault-staleness.jsonl", project_summary(context, now)),
          line("vault-narrative-staleness.jsonl", narrative_summary(context, now))};
}

void plan_scope_files(Context& context, WritePlan& plan) {
  plan_file(context, plan, "cleanup-scope", plan.state_directory.child(session::kPlanFile),
            std::nullopt);
  if (!context.session->hand_claims.empty() && context.workspace.home.tracked()) {
    const std::string claims = session::hand_claims_file(context.repository(), plan.session);
    plan_file(context, plan, "cleanup-scope", FilePlace::outside(claims), std::nullopt);
  }
  if (context.session->scope) {
    plan_file(context, plan, "cleanup-scope", context.session->scope->file, std::nullopt);
  }
}

// Choices that let the close continue against its recommendation.
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

// STATE.md becomes what HEAD has, or goes: left completed, it would be a change without a commit.
void plan_state_of_waiting(Context& context, WritePlan& plan, const std::string& completed) {
  const RepoPath file = *context.workspace.state_file().inside();
  const git::Repository& repository = context.repository();
  if (!git::ignored_paths(repository, {file}).empty()) {
    plan_file(context, plan, "state", file, completed);
    return;
  }
  const git::TreeEntry head =
      repository.tree_entry(tree_of(repository, repository.head().commit), file);
  plan_file(context, plan, "state", file,
            head.present() ? std::optional(repository.read_blob(head.oid)) : std::nullopt);
  const std::string closed = join_path(session::private_closed_sessions(repository.common_dir()),
                                       session::file_name_of(plan.session));
  plan_file(context, plan, "state", FilePlace::outside(closed).child("STATE.md"), completed);
}

void plan_state_file(Context& context, WritePlan& plan) {
  if (context.session->state_text.empty()) return;
  // As it is now: a wave may have been logged since the looking phases.
  const FilePlace file = context.workspace.state_file();
  const std::optional<std::string> now = context.repository().files().read(file);
  std::string text =
      session::mark_completed(now.value_or(context.session->state_text), plan.completed_at);
  for (const std::string& line : overriding_decisions(context)) {
    text = session::append_deviation(text, line, plan.completed_at);
  }
  if (plan.waits) return plan_state_of_waiting(context, plan, text);
  plan_file(context, plan, "state", file, text);
}

void plan_record(Context& context, WritePlan& plan) {
  if (!context.workspace.config.flag("persistence")) return;
  const Json record =
      checks::mask_strings(records::session_record(session_stats(context, plan.completed_at)));
  const std::vector<std::string> problems = records::validate_session_record(record);
  if (!problems.empty()) throw fatal("the session's record is not valid: " + problems.front());
  plan.record_line = formats::to_json_line(record) + "\n";
  plan.lines = staleness_records(context, plan.completed_at);
  const std::optional<session::Baseline>& baseline = context.session->baseline;
  const std::optional<RepoPath> tracked = plan.record_file.inside();
  plan.record_alone = tracked && baseline && baseline->dirty.contains(*tracked);
  // Sessions without work have left theirs.
  if (!tracked) return;
  const FilePlace waiting = context.workspace.home.waiting_records();
  const std::optional<std::string> lines = read_file_if_exists(waiting.bytes());
  if (!lines) return;
  plan.record_line = *lines + plan.record_line;
  plan_file(context, plan, "metrics", waiting, std::nullopt);
}

// Whether a STATE.md is of this session.
bool says_session(const std::string& state, const std::string& session) {
  try {
    return session::parse_state(state, "STATE.md").id() == session;
  } catch (const Error&) {
    return false;
  }
}

bool in_head(const git::Repository& repository, const RepoPath& path) {
  const std::optional<git::ObjectId> head = repository.head().commit;
  return head && repository.tree_entry(repository.commit(*head).tree, path).present();
}

// Records that the session has changed or made by commands, as `git session issue create` does.
bool has_changed_records(const Context& context) {
  return std::any_of(context.owned.begin(), context.owned.end(), [&](const auto& owned) {
    const RepoPath& path = owned.change.path;
    return owned.owner != session::Owner::Foreign && path != context.workspace.state_file() &&
           session::is_committed_record(context.workspace, path);
  });
}

// Whether nothing of a tracked session is there to be committed but what this close writes itself.
bool waits_for_work(const Context& context) {
  const session::Workspace& workspace = context.workspace;
  if (!workspace.home.tracked() || !context.commits.empty() || !context.commit_plans.empty() ||
      !session_commits(context).empty() || has_changed_records(context))
    return false;
  const git::Repository& repository = context.repository();
  const std::string notes = session::noted_learnings_file(repository, context.session->id);
  if (!records::parse_noted(read_file_if_exists(notes).value_or("")).lessons.empty()) return false;
  const FilePlace& directory = workspace.state_directory;
  const auto is_in_head = [&](const FilePlace& file) {
    return in_head(repository, *file.inside());
  };
  if (is_in_head(directory.child(session::kPlanFile)) ||
      (context.session->scope && is_in_head(context.session->scope->file)))
    return false;
  if (context.session->state_text.empty()) return true;
  const RepoPath state = *workspace.state_file().inside();
  // Nothing of it would be committed anyway.
  const RepoPath record = *workspace.home.record(session::kSessionsRecord).inside();
  if (git::ignored_paths(repository, {state, record}).size() == 2) return false;
  const std::optional<session::Baseline>& baseline = context.session->baseline;
  if (baseline && baseline->dirty.contains(state)) return false;
  const git::TreeEntry head =
      repository.tree_entry(tree_of(repository, repository.head().commit), state);
  return !head.present() || !says_session(repository.read_blob(head.oid), context.session->id);
}

void plan_record_paths(const Context& context, WritePlan& plan) {
  std::set<RepoPath> paths;
  for (const FileWrite& file : plan.files) {
    // A committed scope or plan file is removed from the repository by the close; an untracked one
    // is just deleted.
    const std::optional<RepoPath> path = file.path.inside();
    if (!path) continue;
    const bool leaves = file.phase == "cleanup-scope" && in_head(context.repository(), *path);
    const bool figures = file.phase == "ssot";
    if (leaves || figures || session::is_committed_record(context.workspace, *path))
      paths.insert(*path);
  }
  for (const session::OwnedChange& owned : context.owned) {
    const RepoPath& path = owned.change.path;
    if (session::is_committed_record(context.workspace, path) &&
        owned.owner != session::Owner::Foreign)
      paths.insert(path);
  }
  const auto add_tracked = [&paths](const FilePlace& file) {
    if (const auto inside = file.inside()) paths.insert(*inside);
  };
  if (!plan.record_line.empty()) add_tracked(plan.record_file);
  if (!context.session->state_text.empty()) add_tracked(context.workspace.state_file());
  const git::ObjectId head = tree_of(context.repository(), context.repository().head().commit);
  for (const RepoPath& path : paths)
    plan.record_paths[path] = context.repository().tree_entry(head, path);
}

}  // namespace

namespace {

// A line of JSON stays one.
std::string masked_line(std::string_view line, bool json) {
  if (!json) return checks::mask_secrets(line);
  try {
    const Json value = formats::parse_json(line, "a record");
    const Json masked = checks::mask_strings(value);
    return formats::to_json_line(masked) == formats::to_json_line(value)
               ? std::string(line)
               : formats::to_json_line(masked);
  } catch (const Error&) {
    return std::string(line);  // no record of ours
  }
}

// What the close adds to a file holds no secret; what already exists is not its own.
std::string without_new_secrets(const std::string& path, const std::string& before,
                                const std::string& after) {
  const bool json = path.ends_with(".jsonl");
  std::string masked;
  std::size_t done = 0;
  std::size_t number = 1;
  const std::vector<git::AddedLine> added = git::added_lines(before, after);
  auto next = added.begin();
  while (next != added.end() && done < after.size()) {
    const std::size_t end = std::min(after.find('\n', done), after.size());
    if (number == next->number) {
      masked += masked_line(std::string_view(after).substr(done, end - done), json);
      ++next;
    } else {
      masked += std::string_view(after).substr(done, end - done);
    }
    if (end < after.size()) masked += '\n';
    done = std::min(end + 1, after.size());
    ++number;
  }
  return masked + after.substr(done);
}

}  // namespace

void plan_file(Context& context, WritePlan& plan, const std::string& phase, const FilePlace& path,
               const std::optional<std::string>& planned) {
  const std::optional<std::string> before =
      context.repository().files().read(path, FileLimit::Records);
  const std::optional<std::string> after =
      planned ? std::optional(without_new_secrets(path.bytes(), before.value_or(""), *planned))
              : std::nullopt;
  if (before == after) return;
  const auto keep = [&](const std::optional<std::string>& content) {
    return content ? std::optional(context.journal.keep(*content)) : std::nullopt;
  };
  plan.files.push_back({phase, path, keep(before), keep(after)});
}

WritePlan make_write_plan(Context& context) {
  WritePlan plan;
  plan.session = context.session->id;
  plan.state_directory = context.workspace.state_directory;
  plan.waits = waits_for_work(context);
  plan.record_file = plan.waits ? context.workspace.home.waiting_records()
                                : context.workspace.home.record(session::kSessionsRecord);
  plan.branch = context.branch;
  plan.completed_at = context.clock.now();
  plan.started_at = start_of(context, plan.completed_at);

  const IssuePlan issues = plan_issues(context, plan.completed_at, plan.waits);
  plan.tracker = issues.tracker;
  plan.answers["issues"].problems = issues.problems;
  for (const IssueAction& action : issues.actions) {
    plan.issues.push_back(to_json(action));
    if (plan.tracker == "local" && !plan.waits) continue;
    // As a continued close reads it back: its marker must be the same.
    const std::string line = formats::to_json_line(tracker::to_json(action.task));
    plan.tasks.push_back(formats::parse_json(line, "a task"));
  }
  for (const tracker::Task& task : issues.filed) plan.tasks.push_back(tracker::to_json(task));
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
      context.repository().files(),
      records::events_files(context.repository(), context.workspace.home), plan.session));
  plan_learnings(context, plan);
  plan_record(context, plan);
  plan_state_file(context, plan);
  const MessageSource source{context.session->plan, plan.session,
                             context.session->state.session_type, context.session->state.title,
                             context.workspace.config.list("co-author")};
  const std::vector<long> closes = issues_to_close(context);
  plan.records_message = records_message(source, closes);
  plan.amends = closes.empty() && !has_named_tree(context);
  plan.report = session_report(context, issues, plan.completed_at);
  context.planned_reports = context.reports.size();
  if (plan.waits) plan.report.metrics_file = plan.record_file.bytes();
  const auto status = plan.waits ? std::nullopt : status_with_figures(context, plan.report);
  if (status) plan_file(context, plan, "ssot", RepoPath(kStatusFile), *status);
  plan_handover(context, plan);
  plan_memory(context, plan);
  plan_mirrored_notes(context, plan);
  if (!plan.waits) plan_record_paths(context, plan);
  plan.has_commits = !context.commits.empty() || !context.commit_plans.empty() ||
                     !plan.record_paths.empty() || !session_commits(context).empty();
  plan.push = context.push_plan;
  return plan;
}

}  // namespace gs::close
