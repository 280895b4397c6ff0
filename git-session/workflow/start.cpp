#include "workflow/start.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/objects/worktree_blobs.h"
#include "git/refs.h"
#include "git/status/status.h"
#include "session/baseline.h"
#include "session/current.h"
#include "session/plan.h"
#include "session/scope_edit.h"
#include "session/state_file.h"
#include "session/state_scan.h"
#include "session/trust.h"
#include "session/wave_scope.h"
#include "snapshot/gc.h"
#include "snapshot/store.h"
#include "tracker/select.h"
#include "workflow/placed_files.h"
#include "workflow/record_merging.h"
#include "workflow/session_locks.h"
#include "workflow/silent_sessions.h"
#include "workflow/start_checks.h"

namespace gs::workflow {
namespace {

struct TakenBaseline {
  snapshot::SaveResult snapshot;  // its ref is "" if nothing was saved
  session::Baseline record;       // not written yet
};

void add_left_out(const git::Repository& repository, const std::vector<snapshot::Skipped>& left_out,
                  session::Baseline& baseline) {
  std::vector<git::WorktreeFile> files;
  for (const snapshot::Skipped& skipped : left_out) {
    files.push_back({skipped.path, git::FileMode::None});
  }
  const git::ReadFiles hashed = git::hash_readable_files(repository, files);
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (hashed.entries[i]) baseline.dirty[files[i].path].worktree = *hashed.entries[i];
  }
}

// Saves what is dirty as "wave-0-baseline" of the session. What a snapshot leaves out (large files)
// is recorded by its object id alone.
TakenBaseline take_baseline(const session::Workspace& workspace, const std::string& session,
                            Timestamp now) {
  const git::Repository& repository = workspace.repository;
  snapshot::SaveRequest request;
  request.session = session;
  request.label = session::kBaselineLabel;
  request.durable = true;
  request.message = "What was dirty when the session started.";
  request.capture.largest_untracked = workspace.config.size("snapshot-max-file");
  request.now = now;
  // A session may be opened in a home directory; only snapshots on request are refused there.
  TakenBaseline taken{snapshot::save(repository, request, true), {}};
  taken.record.session = session;
  taken.record.taken_at = now;
  taken.record.head = repository.head().commit;
  if (!taken.snapshot.ref.empty()) {
    taken.record.snapshot = taken.snapshot.oid;
    taken.record.dirty = session::entries_of_snapshot(repository, taken.snapshot.oid);
  }
  add_left_out(repository, taken.snapshot.left_out, taken.record);
  return taken;
}

// What the session will be made of.
struct Parts {
  std::optional<session::Plan> plan;
  std::string plan_text;
  bool plan_is_new = false;        // given, not left behind in the state directory
  std::vector<std::string> scope;  // of wave-scope.json
  std::vector<PatternAdvice> advice;
  std::vector<std::string> warnings;
};

// A plan or scope in a tracked state directory counts as the session's as soon as there is one.
Parts read_parts(const session::Workspace& workspace, const StartRequest& request) {
  Parts parts;
  const FilePlace directory = RepoPath(workspace.tracked_directory);
  const FilePlace kept = directory.child(session::kPlanFile);
  if (request.plan) {
    parts.plan_text = read_file(*request.plan);
    parts.plan =
        session::parse_plan(parts.plan_text, *request.plan, workspace.repository.work_tree());
    session::trust_plan_from(workspace.repository, *parts.plan, *request.plan);
    parts.plan_is_new = true;
  } else if (workspace.tracked_by_default) {
    if (const auto text = workspace.repository.files().read(kept)) {
      parts.plan = session::parse_plan(*text, kept.bytes());
      parts.warnings.push_back("'" + kept.bytes() +
                               "' already existed and is this session's plan now");
    }
  }
  for (const std::string& written : request.scope) {
    for (std::string& pattern : session::scope_patterns(written, workspace.repository.files(),
                                                        workspace.repository.work_tree()))
      parts.scope.push_back(std::move(pattern));
  }
  std::vector<std::string> written = request.scope;
  if (parts.plan) {
    for (const session::PlanItem& item : parts.plan->items) {
      if (item.dropped) continue;
      for (const session::PathPattern& pattern : item.files) written.push_back(pattern.pattern());
    }
  }
  for (PatternAdvice& advice : pattern_advice(workspace.repository, written)) {
    if (advice.unmatched) {
      parts.advice.push_back(std::move(advice));
    } else {
      parts.warnings.push_back(describe(advice));  // it is not what was written
    }
  }
  const FilePlace scope = directory.child(session::kScopeFile);
  if (workspace.tracked_by_default && request.scope.empty() &&
      workspace.repository.files().info(scope)) {
    parts.warnings.push_back("'" + scope.bytes() +
                             "' already existed and is this session's scope now");
  }
  return parts;
}

std::vector<long> issues_of(const StartRequest& request, const std::optional<session::Plan>& plan) {
  std::vector<long> issues;
  const auto add = [&issues](long issue) {
    if (std::find(issues.begin(), issues.end(), issue) == issues.end()) issues.push_back(issue);
  };
  for (const long issue : request.issues) add(issue);
  if (!plan) return issues;
  for (const session::PlanItem& item : plan->items) {
    if (item.issue) add(*item.issue);
  }
  return issues;
}

session::Home home_of_new(const session::Workspace& workspace) {
  return {workspace.tracked_by_default, workspace.repository.common_dir()};
}

// An id that no STATE.md, snapshot or record of this repository has.
std::string unused_session_id(const session::Workspace& workspace, const std::string& branch,
                              Timestamp now) {
  const git::Repository& repository = workspace.repository;
  std::vector<std::string> problems;  // reported by require_no_running_session
  std::vector<std::string> taken;
  for (const session::FoundState& found : session::scan_states(
           repository.checkout(),
           session::with_name(session::state_directory_names(), workspace.tracked_directory),
           std::nullopt, problems)) {
    taken.push_back(found.id);
  }
  const std::string records =
      repository.files()
          .read(home_of_new(workspace).record(session::kSessionsRecord), FileLimit::Records)
          .value_or("");
  while (true) {
    std::string id = session::new_session_id(branch, now, taken);
    const std::string refs = std::string(snapshot::kRefPrefix) + snapshot::map_component(id) + "/";
    const std::string& common = repository.common_dir();
    const bool used =
        records.find("\"" + id + "\"") != std::string::npos ||
        !git::list_refs(repository, refs).empty() ||
        file_info(session::private_session(common, id).bytes()) ||
        file_info(session::paused_session(common, id).bytes()) ||
        file_info(join_path(session::private_closed_sessions(common), session::file_name_of(id)));
    if (!used) return id;
    taken.push_back(std::move(id));
  }
}

void warn_of_neighbours(const session::Workspace& workspace, Timestamp now,
                        std::vector<std::string>& warnings) {
  std::vector<std::string> problems;
  const auto sessions = session::running_sessions(workspace.repository, &problems);
  for (const session::RunningSession& other : sessions) {
    if (other.worktree != workspace.repository.work_tree()) continue;
    if (other.status == session::Status::Paused) continue;
    const std::string where =
        other.state_directory.empty() ? std::string() : "'" + other.state_directory + "' of ";
    warnings.push_back("session '" + other.called() + "' is also active in " + where +
                       "this work tree; files that both claim will be contested at close");
  }
  warnings.insert(warnings.end(), problems.begin(), problems.end());
  for (const SilentSession& silent : silent_sessions(workspace, now))
    warnings.push_back(describe(silent, now));
  const auto operation = workspace.repository.operation_in_progress();
  if (operation != git::Operation::None) {
    warnings.push_back("a " + std::string(git::operation_name(operation)) + " is in progress");
  }
}

// Deletes the baseline snapshot if the start fails. If the files could not be put back, their
// record is still there, and the next start decides whether it became a session.
class NewSnapshot {
 public:
  NewSnapshot(const git::Repository& repository, std::string record)
      : repository_(repository), record_(std::move(record)) {}
  NewSnapshot(const NewSnapshot&) = delete;
  NewSnapshot& operator=(const NewSnapshot&) = delete;
  ~NewSnapshot() {
    if (!ref_.empty() && !file_info(record_)) (void)snapshot::drop(repository_, {ref_});
  }
  void is(const snapshot::SaveResult& saved) { ref_ = saved.skipped ? "" : saved.ref; }
  void keep() { ref_.clear(); }

 private:
  const git::Repository& repository_;
  std::string record_;
  std::string ref_;
};

void write_session(const session::Workspace& workspace, const Parts& parts, TakenBaseline& baseline,
                   const session::NewState& state, const FilePlace& directory, PlacedFiles& files) {
  const FilePlace scope_file = directory.child(session::kScopeFile);
  std::optional<FileLock> lock = session::lock_wave_scope(workspace.repository);
  std::optional<std::string> scope;
  if (!parts.scope.empty()) {
    scope = session::render_wave_scope(parts.scope, session::enforcement_of(workspace.config),
                                       session::gates_off_of(workspace.config));
  }
  baseline.record.scope = session::scope_digest(
      scope || !workspace.tracked_by_default ? scope
                                             : workspace.repository.files().read(scope_file));
  session::write_baseline(workspace.repository, baseline.record);
  if (parts.plan_is_new) files.place(directory.child(session::kPlanFile), parts.plan_text);
  if (scope) files.place(scope_file, *scope);
  lock.reset();
  // This makes the rest a session.
  files.place_last(directory.child("STATE.md"), session::render_new_state(state));
  files.keep();
}

session::NewState new_state(const session::Workspace& workspace, const StartRequest& request,
                            const Parts& parts, Timestamp now) {
  const git::Head head = workspace.repository.head();
  session::NewState state;
  state.tracked = workspace.tracked_by_default;
  state.branch = head.branch.value_or("HEAD");
  state.session = unused_session_id(workspace, head.branch.value_or(""), now);
  state.session_type = request.type;
  if (state.session_type.empty() && parts.plan) state.session_type = parts.plan->type;
  if (state.session_type.empty()) state.session_type = "feature";
  state.title = request.title;
  if (state.title.empty() && parts.plan) state.title = parts.plan->title;
  state.name = request.name;
  state.agent = session::running_agent();
  state.issues = issues_of(request, parts.plan);
  if (head.commit) state.start_ref = head.commit->hex();
  state.started_at = now;
  return state;
}

std::string record_of_start(const session::Workspace& workspace) {
  return workspace.own_path("start/placed.json");
}

// A start that was killed before there was a session leaves nothing behind. Its id was unique, so
// the snapshots under it are its own.
void undo_killed_start(const session::Workspace& workspace) {
  const std::string record = record_of_start(workspace);
  const std::optional<std::string> session =
      PlacedFiles::put_back(workspace.repository.files(), record);
  if (!session) return;
  std::vector<std::string> refs;
  for (const snapshot::Snapshot& snapshot :
       snapshot::list(workspace.repository, *session).snapshots) {
    refs.push_back(snapshot.ref);
  }
  if (!refs.empty()) (void)snapshot::drop(workspace.repository, refs);
  PlacedFiles::forget(record);
}

}  // namespace

// What earlier closes have filed and nobody has done or takes up now. A tracker on a host is not
// asked: a start works without a network.
std::vector<tracker::Issue> carried_over(const session::Workspace& workspace, Timestamp now,
                                         std::vector<std::string>& warnings) {
  try {
    if (tracker::select_tracker(workspace).name != "local") return {};
    std::vector<tracker::Issue> issues = tracker::open_tracker(workspace, "local", now)->list({});
    std::erase_if(issues, [](const tracker::Issue& issue) { return issue.origin != "carryover"; });
    return issues;
  } catch (const Error& error) {
    warnings.push_back(error.message());
    return {};
  }
}

// A tracker on a host is not asked.
void require_issues(const session::Workspace& workspace, const std::vector<long>& issues,
                    Timestamp now) {
  if (issues.empty() || tracker::select_tracker(workspace).name != "local") return;
  const auto local = tracker::open_tracker(workspace, "local", now);
  for (const long issue : issues) {
    if (local->find(issue)) continue;
    throw refused("there is no issue #" + std::to_string(issue))
        .with_hint("'git session issue list' shows those that are open");
  }
}

StartResult start(const session::Workspace& workspace, const StartRequest& request,
                  const Clock& clock) {
  const git::Repository& repository = workspace.repository;
  const Timestamp now = clock.now();
  if (!request.title.empty() && trim(request.title).empty())
    throw usage_error("the title of --title is empty");
  if (!request.name.empty()) require_word(request.name);
  require_set_up(workspace);
  const FileLock lock = lock_start(workspace, now);
  require_own_directory(workspace);
  undo_killed_start(workspace);
  require_issues(workspace, request.issues, now);
  Parts parts = read_parts(workspace, request);
  require_no_unfinished_close(workspace);
  const bool tracked = workspace.tracked_by_default;
  require_no_other_session(workspace, request, now);
  require_no_cut_off_restore(workspace);
  require_no_conflicts(git::read_status(repository));

  StartResult result;
  result.warnings = std::move(parts.warnings);
  result.advice = std::move(parts.advice);
  warn_of_neighbours(workspace, now, result.warnings);
  if (tracked) let_records_merge(workspace);
  const session::NewState state = new_state(workspace, request, parts, now);
  const std::string held = session::title_in_state(state.title, tracked);
  // A plan keeps its title as it is written, and that counts.
  result.title = parts.plan && parts.plan->title == state.title ? state.title : held;
  if (tracked && result.title != state.title) {
    result.warnings.push_back("the title is kept as '" + held +
                              "': STATE.md takes no quotes, no ': ' and no ' #'");
  }
  NewSnapshot snapshot(repository, record_of_start(workspace));
  PlacedFiles files(repository.files(), record_of_start(workspace), state.session);
  const FilePlace directory =
      tracked ? FilePlace(RepoPath(workspace.tracked_directory))
              : session::private_session(repository.common_dir(), state.session);
  if (!tracked) {
    files.place(directory.child(session::kWorktreeFile),
                session::worktree_name(repository.git_dir()) + "\n");
  }
  files.watch(FilePlace::outside(session::baseline_file(repository, state.session)));
  TakenBaseline baseline = take_baseline(workspace, state.session, now);
  snapshot.is(baseline.snapshot);
  write_session(workspace, parts, baseline, state, directory, files);
  snapshot.keep();
  for (std::string& text : snapshot::keep_to_budget(workspace, baseline.snapshot, now))
    result.warnings.push_back(std::move(text));

  result.session = state.session;
  result.branch = state.branch;
  result.name = state.name;
  if (tracked) result.state_directory = workspace.tracked_directory;
  result.start_ref = repository.head().commit;
  if (parts.plan) result.plan_items = parts.plan->items.size();
  for (const auto& [path, entry] : baseline.record.dirty) result.dirty.push_back(path.bytes());
  for (const snapshot::Skipped& skipped : baseline.snapshot.left_out) {
    result.warnings.push_back("'" + skipped.path.quoted() +
                              "' is not in the baseline snapshot: " + skipped.reason);
  }
  if (!baseline.snapshot.ref.empty()) result.baseline = std::move(baseline.snapshot);
  result.carried_over = carried_over(workspace, now, result.warnings);
  std::erase_if(result.carried_over, [&state](const tracker::Issue& issue) {
    return std::find(state.issues.begin(), state.issues.end(), issue.id) != state.issues.end();
  });
  return result;
}

}  // namespace gs::workflow
