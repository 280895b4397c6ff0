#include "session/not_own.h"

#include <algorithm>
#include <string_view>

#include "git/history.h"
#include "git/refs.h"

namespace gs::session {

namespace {

constexpr std::size_t kMostMoves = 20'000;

// Whether HEAD came to a commit that had been made elsewhere. What is in front of the first ": "
// (an address may have colons) says what git did; behind it may stand a subject, which may say
// anything.
bool only_moves(std::string_view reflog_message) {
  const std::string_view line = reflog_message.substr(0, reflog_message.find('\n'));
  const std::string_view action = line.substr(0, line.find(": "));
  for (const std::string_view move : {"checkout", "clone", "reset", "Branch", "rebase finished"})
    if (action == move) return true;
  const bool pulls = action.starts_with("pull");
  if (pulls || action.starts_with("rebase")) {
    for (const std::string_view part : {"(start)", "(finish)", "(abort)"})
      if (action.ends_with(part)) return true;
  }
  return (pulls || action.starts_with("merge")) && line.substr(action.size()) == ": Fast-forward";
}

std::set<git::ObjectId> fetched_among(const git::Repository& repository,
                                      const std::vector<git::ObjectId>& all,
                                      const git::ObjectId& base, const git::ObjectId& head) {
  std::set<git::ObjectId> fetched(all.begin(), all.end());
  // Before the walk: most often all was made here.
  for (const git::HeadMove& move : git::head_moves(repository, kMostMoves)) {
    if (!only_moves(move.message)) fetched.erase(move.to);
  }
  if (fetched.empty()) return fetched;
  std::vector<git::ObjectId> hidden = git::known_on_remote(repository, "");
  if (hidden.empty()) return {};
  hidden.push_back(base);
  for (const git::ObjectId& oid : repository.commits_without(hidden, head, kMostCommits))
    fetched.erase(oid);
  return fetched;
}

// The commit that has all of `commits` and `base` below it and nothing else since; absent if there
// is none.
std::optional<git::ObjectId> tip_of(const git::Repository& repository, const git::ObjectId& base,
                                    const std::set<git::ObjectId>& commits) {
  std::set<git::ObjectId> tips = commits;
  for (const git::ObjectId& oid : commits) {
    for (const git::ObjectId& parent : repository.commit(oid).parents) tips.erase(parent);
  }
  if (tips.size() != 1 || !repository.is_ancestor(base, *tips.begin())) return std::nullopt;
  const auto below = repository.commits_between(base, *tips.begin(), kMostCommits);
  const bool alone = std::all_of(below.begin(), below.end(),
                                 [&](const git::ObjectId& oid) { return commits.contains(oid); });
  return alone ? std::optional(*tips.begin()) : std::nullopt;
}

// Of a merge, what it has otherwise than every parent.
std::set<RepoPath> touched_by(const git::Repository& repository, const git::Commit& commit) {
  const auto paths_against = [&](const git::ObjectId& tree) {
    std::set<RepoPath> paths;
    for (const git::TreeDiffEntry& entry : repository.diff_trees(tree, commit.tree))
      paths.insert(entry.path);
    return paths;
  };
  if (commit.parents.empty()) return paths_against(git::Repository::empty_tree());
  std::set<RepoPath> touched = paths_against(repository.commit(commit.parents.front()).tree);
  for (std::size_t i = 1; i < commit.parents.size(); ++i) {
    const std::set<RepoPath> more = paths_against(repository.commit(commit.parents[i]).tree);
    std::erase_if(touched, [&](const RepoPath& path) { return !more.contains(path); });
  }
  return touched;
}

}  // namespace

NotOwn find_not_own(const git::Repository& repository, std::optional<git::ObjectId>& base,
                    const Pauses& pauses, bool is_paused) {
  const std::optional<git::ObjectId> head = repository.head().commit;
  if (!base || !head || *base == *head) return {};
  const std::vector<git::ObjectId> all = repository.commits_between(*base, *head, kMostCommits);
  NotOwn found{fetched_among(repository, all, *base, *head), {}};
  std::set<git::ObjectId> paused =
      made_while_paused(repository, pauses, is_paused ? head : std::nullopt, all);
  found.while_paused = paused.size();
  found.commits.merge(paused);
  if (found.commits.empty()) return found;
  if (const auto tip = tip_of(repository, *base, found.commits)) {
    base = *tip;
    return {{}, {}, found.while_paused};
  }
  for (const git::ObjectId& oid : all) {
    if (!found.commits.contains(oid))
      found.own_paths.merge(touched_by(repository, repository.commit(oid)));
  }
  return found;
}

void leave_out(const NotOwn& not_own, std::vector<Change>& changes) {
  if (not_own.commits.empty()) return;
  std::erase_if(changes, [&](Change& change) {
    if (!change.committed() || not_own.own_paths.contains(change.path)) return false;
    change.base = change.head;
    return !change.uncommitted();
  });
}

}  // namespace gs::session
