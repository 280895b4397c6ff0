#include "session/current.h"

#include "base/error.h"
#include "base/text.h"
#include "git/refs.h"
#include "session/closing.h"
#include "session/docs_tasks.h"
#include "session/state_scan.h"

namespace gs::session {
namespace {

SessionLookup absent(Absence absence, std::string detail) {
  return {std::nullopt, absence, std::move(detail)};
}

// Why a STATE.md is not the session of this branch; absent if it is.
std::optional<SessionLookup> why_not_current(const StateFile& state, const std::string& file,
                                             const std::optional<std::string>& branch,
                                             Counts counts) {
  if (state.status == Status::Idle) return absent(Absence::NoState, "'" + file + "' says idle");
  if (state.status == Status::Abandoned)
    return absent(Absence::NoState, "session '" + state.called() + "' was abandoned");
  if (state.status == Status::Completed && counts != Counts::Closing) {
    return absent(Absence::Completed, "session '" + state.called() + "' is completed");
  }
  if (!is_branch_of_state(state.branch, branch)) {
    return absent(Absence::OtherBranch, "session '" + state.called() + "' belongs to branch '" +
                                            state.branch + "', and '" + *branch +
                                            "' is checked out");
  }
  if (state.status == Status::Paused && counts == Counts::Active)
    return absent(Absence::Paused, "session '" + state.called() + "' is paused");
  return std::nullopt;
}

// Where none is at work, those that are paused are what a person asks about.
SessionLookup or_paused(const Workspace& workspace, SessionLookup lookup) {
  if (!workspace.missing_session.empty() || lookup.absence == Absence::Paused) return lookup;
  const std::vector<FoundState> paused = paused_here(workspace);
  if (paused.empty()) return lookup;
  if (paused.size() == 1)
    return absent(Absence::Paused, "session '" + paused.front().called() + "' is paused");
  std::vector<std::string> ids;
  for (const FoundState& found : paused) ids.push_back(found.called());
  return absent(Absence::Paused,
                std::to_string(ids.size()) + " sessions are paused here: " + join(ids, ", "));
}

std::string why_there_is_none(const Workspace& workspace) {
  if (!workspace.missing_session.empty()) {
    return "no session '" + workspace.missing_session +
           "' is open in this work tree (GIT_SESSION names it)" +
           (workspace.near_session.empty() ? ""
                                           : "; did you mean '" + workspace.near_session + "'?");
  }
  if (!workspace.home.tracked()) return "no session is open in this work tree";
  return "'" + workspace.state_file().bytes() + "' does not exist";
}

// State directories of this work tree with another active session.
std::set<FilePlace> occupied_directories(const Workspace& workspace) {
  std::set<FilePlace> occupied;
  std::vector<std::string> problems;  // other_claims reports them
  for (const FoundState& found :
       scan_states(workspace.repository.checkout(), state_directory_names(),
                   closing_session(workspace.repository.git_dir()), problems)) {
    if (found.running() && found.directory != workspace.state_directory) {
      occupied.insert(found.directory);
    }
  }
  return occupied;
}

void read_parts(const Workspace& workspace, CurrentSession& session) {
  if (auto text = workspace.repository.files().read(workspace.state_directory.child(kPlanFile))) {
    session.plan_text = std::move(*text);
    session.plan =
        parse_plan(session.plan_text, workspace.state_directory.child(kPlanFile).bytes());
  }
  // STATE.md may have had to write it otherwise.
  std::string& title = session.state.title;
  if (session.plan && (title.empty() || title == title_in_state(session.plan->title, true)))
    title = session.plan->title;
  session.hand_claims = read_hand_claims(workspace.repository, session.id);
  add_hand_claims(session.plan, session.hand_claims);
  // A plan of a title alone plans nothing: everything is the session's.
  if (session.plan && session.plan->items.empty() && session.plan->docs.empty())
    session.plan.reset();
  session.scope = find_own_wave_scope(workspace.repository.work_tree(), workspace.state_directory,
                                      occupied_directories(workspace));
  session.baseline = read_baseline(workspace.repository, session.id);
  const auto warn = [&session](const std::vector<std::string>& problems) {
    session.warnings.insert(session.warnings.end(), problems.begin(), problems.end());
  };
  warn(session.state.problems);
  if (session.scope) warn(session.scope->problems);
}

// The default branch's name, for messages.
std::string repository_name(const git::Repository& repository, const std::string& remote,
                            const git::ObjectId& commit) {
  for (const char* branch : {"main", "master"}) {
    const std::string name = remote + "/" + branch;
    if (git::read_ref(repository, "refs/remotes/" + name) == commit) return name;
  }
  return remote + "/HEAD";
}

std::optional<BaseCommit> merge_base_with_remote(const git::Repository& repository,
                                                 const std::string& remote,
                                                 const git::ObjectId& head) {
  const auto upstream = git::remote_default_branch(repository, remote);
  if (!upstream) return std::nullopt;
  const auto base = repository.merge_base(head, *upstream);
  if (!base) return std::nullopt;
  return BaseCommit{*base, "merge base with " + repository_name(repository, remote, *upstream)};
}

// Where a session's changes are counted from when its start is no longer below HEAD: what a rebase
// has made of it, or itself if that was amended alone. Absent if it cannot be told.
std::optional<git::ObjectId> after_rewrite(const git::Repository& repository,
                                           const git::ObjectId& start, const git::ObjectId& head) {
  const auto fork = repository.merge_base(start, head);
  const auto made =
      rewritten_from(repository, {start}, repository.commits_between(fork, head, kMostCommits));
  if (made.size() != 1) return std::nullopt;
  const git::ObjectId& successor = *made.begin();
  const bool is_amended = repository.commit(successor).parents == repository.commit(start).parents;
  return is_amended ? start : successor;
}

}  // namespace

Claim CurrentSession::claim(const Workspace& workspace) const {
  std::vector<std::string> docs = docs_patterns(state, plan);
  docs.insert(docs.end(), more_docs.begin(), more_docs.end());
  return {plan, scope, state.waves, workspace.state_directory, docs, hand_claims};
}

std::string none_is_open(const std::string& absence) {
  const bool says_it = absence.starts_with("no session") ||
                       absence.find(" sessions are open here: ") != std::string::npos;
  return says_it ? absence : "no session is open: " + absence;
}

SessionLookup find_current_session(const Workspace& workspace,
                                   const std::optional<std::string>& base_option, Counts counts) {
  const auto branch = workspace.repository.head().branch;
  const bool persistent = workspace.config.flag("persistence");
  CurrentSession session;
  if (persistent) {
    const std::string file = workspace.state_file().bytes();
    auto text = workspace.repository.files().read(workspace.state_file());
    if (!text) return or_paused(workspace, absent(Absence::NoState, why_there_is_none(workspace)));
    session.state_text = std::move(*text);
    session.state = read_state(session.state_text, file, workspace.repository.git_dir());
    if (auto lookup = why_not_current(session.state, file, branch, counts))
      return or_paused(workspace, *lookup);
  } else {
    session.state.branch = branch.value_or("detached");
    session.state.status = Status::Active;
  }
  session.id = session.state.id();
  const BaseCommit base =
      choose_base(workspace, base_option, session.state.session_start_ref, session.warnings);
  if (!persistent && base.guessed) {
    return absent(Absence::NoState,
                  "persistence is off, and nothing says where the session started: the remote has "
                  "no default branch, and no --base is given");
  }
  session.base = base.commit;
  session.base_reason = base.reason;
  session.pauses = read_pauses(workspace.repository.checkout(), session.id);
  if (!base_option) {
    session.not_own = find_not_own(workspace.repository, session.base, session.pauses,
                                   session.state.status == Status::Paused);
  }
  read_parts(workspace, session);
  return {std::move(session), std::nullopt, ""};
}

BaseCommit choose_base(const Workspace& workspace, const std::optional<std::string>& option,
                       const std::string& start_ref, std::vector<std::string>& warnings) {
  const git::Repository& repository = workspace.repository;
  if (option) {
    const auto commit = repository.resolve_commit(*option);
    if (!commit) {
      throw usage_error("'" + *option + "' names no commit").with_hint("--base takes a revision");
    }
    return {*commit, "--base"};
  }
  const auto head = repository.head().commit;
  if (!start_ref.empty()) {
    if (const auto commit = repository.resolve_commit(start_ref)) {
      if (!head || repository.is_ancestor(*commit, *head)) return {*commit, "session-start-ref"};
      if (const auto rewritten = after_rewrite(repository, *commit, *head))
        return {*rewritten, "session-start-ref"};
      warnings.push_back("the commit that the session started from, " + commit->abbreviated() +
                         ", is no longer on the branch: what others have committed since may "
                         "count as the session's; 'git session close --base REV' counts from REV");
      return {*commit, "session-start-ref"};
    }
    warnings.push_back("session-start-ref '" + start_ref + "' is not a commit of this repository");
  }
  if (!head) return {std::nullopt, "no commit yet"};
  const std::string remote = workspace.config.required_text("remote");
  if (auto base = merge_base_with_remote(repository, remote, *head)) return *base;
  warnings.push_back("nothing says where the session started (no session-start-ref, and '" +
                     remote +
                     "' has no default branch that meets HEAD): every commit of the "
                     "branch counts as the session's; --base REV says otherwise");
  return {std::nullopt, "empty tree", true};
}

}  // namespace gs::session
