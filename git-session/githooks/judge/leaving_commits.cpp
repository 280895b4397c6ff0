#include "githooks/judge/leaving_commits.h"

#include <limits>

#include "git/history.h"
#include "githooks/judge/violations.h"
#include "session/pauses.h"

namespace gs::githooks {

namespace {

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
constexpr std::string_view kBranches = "refs/heads/";

// A session, and the tips of the pushed refs that may have commits of it.
struct Candidate {
  session::FoundState found;
  std::vector<git::ObjectId> own;    // of its branch
  std::vector<git::ObjectId> other;  // of other refs
};

bool names_a_branch(const session::FoundState& found) {
  return !found.state.branch.empty() && found.state.branch != "HEAD";
}

// The sessions of the ref's own branch, else those active here; true: it is their branch.
std::vector<std::pair<session::FoundState, bool>> sessions_of(const PushedRef& ref,
                                                              const RunningStates& running) {
  std::vector<std::pair<session::FoundState, bool>> sessions;
  if (ref.source.starts_with(kBranches)) {
    for (auto& found : sessions_at_work(running, ref.source.substr(kBranches.size()))) {
      const bool own = names_a_branch(found);
      sessions.emplace_back(std::move(found), own);
    }
    if (!sessions.empty()) return sessions;
  }
  for (auto& found : sessions_at_work(running, running.branch)) {
    sessions.emplace_back(std::move(found), ref.source == "HEAD");
  }
  return sessions;
}

std::map<FilePlace, Candidate> candidates_of(const git::Repository& repository,
                                             const std::vector<PushedRef>& refs,
                                             const RunningStates& running) {
  std::map<FilePlace, Candidate> candidates;  // by state directory
  for (const PushedRef& ref : refs) {
    if (ref.is_deletion()) continue;
    for (auto& [found, own] : sessions_of(ref, running)) {
      if (found.id.empty()) continue;  // a scope without a session has no commits
      const auto tip = repository.resolve_commit(ref.object.hex());
      if (!tip) break;
      Candidate& candidate = candidates[found.directory];
      (own ? candidate.own : candidate.other).push_back(*tip);
      candidate.found = std::move(found);
    }
  }
  return candidates;
}

// Without a start ref: commits no older than the session.
std::vector<git::ObjectId> commits_since_start(const git::Repository& repository,
                                               const Candidate& candidate,
                                               const std::vector<git::ObjectId>& hidden) {
  std::vector<git::ObjectId> commits;
  if (!candidate.found.state.started_at || candidate.own.empty()) return commits;
  const auto second = std::chrono::floor<std::chrono::seconds>(*candidate.found.state.started_at);
  for (const git::ObjectId& oid : git::commits_of_tips(repository, candidate.own, hidden, kAll)) {
    if (repository.commit(oid).committer_time >= second) commits.push_back(oid);
  }
  return commits;
}

std::vector<git::ObjectId> commits_since(const git::Repository& repository,
                                         const Candidate& candidate,
                                         std::vector<git::ObjectId> hidden) {
  const std::string& start_ref = candidate.found.state.session_start_ref;
  const auto start = start_ref.empty() ? std::nullopt : repository.resolve_commit(start_ref);
  if (!start) return commits_since_start(repository, candidate, hidden);
  hidden.push_back(*start);
  std::vector<git::ObjectId> tips = candidate.own;
  if (!candidate.other.empty()) {
    // Other refs belong to the session if they descend from its start. Most have nothing new, which
    // a single walk shows.
    const auto walked = git::commits_of_tips(repository, candidate.other, hidden, kAll);
    const std::set<git::ObjectId> fresh(walked.begin(), walked.end());
    for (const git::ObjectId& tip : candidate.other) {
      if (fresh.contains(tip) && repository.is_ancestor(*start, tip)) tips.push_back(tip);
    }
  }
  if (tips.empty()) return {};
  return git::commits_of_tips(repository, tips, hidden, kAll);
}

// The pushed commits that the session made, newest first.
std::vector<git::ObjectId> commits_of(const git::Repository& repository, const Candidate& candidate,
                                      const std::vector<git::ObjectId>& on_remote) {
  std::vector<git::ObjectId> commits = commits_since(repository, candidate, on_remote);
  const std::set<git::ObjectId> paused = session::made_while_paused(
      repository, session::read_pauses(repository.checkout(), candidate.found.id), std::nullopt,
      commits);
  std::erase_if(commits, [&](const git::ObjectId& oid) { return paused.contains(oid); });
  return commits;
}

}  // namespace

std::vector<LeavingViolations> find_leaving_violations(const git::Repository& repository,
                                                       const std::vector<PushedRef>& refs,
                                                       const std::vector<git::ObjectId>& on_remote,
                                                       SessionReader& sessions) {
  std::map<git::ObjectId, std::vector<const HookSession*>> made_by;
  std::vector<git::ObjectId> order;
  std::set<git::ObjectId> leaving;
  for (const auto& [directory, candidate] : candidates_of(repository, refs, sessions.running())) {
    for (const git::ObjectId& oid : commits_of(repository, candidate, on_remote)) {
      if (leaving.insert(oid).second) order.push_back(oid);
      made_by[oid].push_back(&sessions.read(candidate.found));
    }
  }
  std::vector<LeavingViolations> found;
  for (auto oid = order.rbegin(); oid != order.rend(); ++oid) {
    git::Commit commit = repository.commit(*oid);
    Judged judged = judge(made_by[*oid], leaving_changes_of(repository, commit, leaving));
    if (judged.violations.empty()) continue;
    found.push_back({std::move(commit), judged.session, std::move(judged.violations)});
  }
  return found;
}

}  // namespace gs::githooks
