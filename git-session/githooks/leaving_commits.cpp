#include "githooks/leaving_commits.h"

#include "githooks/commit_changes.h"

namespace gs::githooks {

namespace {

constexpr std::size_t kMostCommits = 20000;
constexpr std::string_view kBranches = "refs/heads/";

// A session whose commits a pushed ref may hold.
struct Candidate {
  session::FoundState found;
  bool own_branch = false;  // the ref is the session's branch
};

bool names_a_branch(const session::FoundState& found) {
  return !found.state.branch.empty() && found.state.branch != "HEAD";
}

std::vector<Candidate> candidates_of(const PushedRef& ref, const RunningStates& running) {
  std::vector<Candidate> candidates;
  if (ref.source.starts_with(kBranches)) {
    for (auto& found : sessions_at_work(running, ref.source.substr(kBranches.size()))) {
      const bool own = names_a_branch(found);
      candidates.push_back({std::move(found), own});
    }
    if (!candidates.empty()) return candidates;
  }
  for (auto& found : sessions_at_work(running, running.branch)) {
    candidates.push_back({std::move(found), ref.source == "HEAD"});
  }
  return candidates;
}

// The commits of `tip` that the session made and that leave, newest first.
std::vector<git::ObjectId> commits_of(const git::Repository& repository, const Candidate& candidate,
                                      const git::ObjectId& tip, std::vector<git::ObjectId> hidden) {
  const session::StateFile& state = candidate.found.state;
  const auto start = state.session_start_ref.empty()
                         ? std::nullopt
                         : repository.resolve_commit(state.session_start_ref);
  if (start) {
    // Another branch is the session's as far as it grew from where the session started; its own
    // may have been rebased since.
    if (!candidate.own_branch && !repository.is_ancestor(*start, tip)) return {};
    hidden.push_back(*start);
    return repository.commits_without(hidden, tip, kMostCommits);
  }
  // Nothing says where it started: what is not older than it, as far as that goes unbroken.
  if (!state.started_at) return {};
  std::vector<git::ObjectId> commits;
  const auto second = std::chrono::floor<std::chrono::seconds>(*state.started_at);
  for (const git::ObjectId& oid : repository.commits_without(hidden, tip, 2000)) {
    if (repository.commit(oid).committer_time >= second) commits.push_back(oid);
  }
  return commits;
}

}  // namespace

std::vector<LeavingViolations> find_leaving_violations(const git::Repository& repository,
                                                       const PushedRef& ref,
                                                       const std::vector<git::ObjectId>& on_remote,
                                                       SessionReader& sessions) {
  const auto candidates = candidates_of(ref, sessions.running());
  if (ref.is_deletion() || candidates.empty()) return {};
  const auto tip = repository.resolve_commit(ref.object.hex());
  if (!tip) return {};
  std::map<git::ObjectId, std::vector<const HookSession*>> made_by;
  std::vector<git::ObjectId> order;
  std::set<git::ObjectId> leaving;
  for (const Candidate& candidate : candidates) {
    if (candidate.found.id.empty()) continue;  // a scope without a session has no commits
    for (const git::ObjectId& oid : commits_of(repository, candidate, *tip, on_remote)) {
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
