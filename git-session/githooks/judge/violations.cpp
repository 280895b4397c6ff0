#include "githooks/judge/violations.h"

#include <algorithm>
#include <map>

#include "base/screen.h"
#include "base/text.h"

namespace gs::githooks {
namespace {

constexpr std::size_t kMostShown = 10;
constexpr const char* kDirtyAtStart = "dirty-at-start";

std::string named(const RepoPath& path) {
  return "'" + path.quoted() + "'";
}

// Content that was staged before the session and changed again in the work tree: ownership checks
// the work tree only, but a commit may include what is staged.
bool was_staged_at_start(const session::BaselineEntry& at_start, const PathChange& change) {
  return at_start.index == change.after && at_start.index != at_start.head;
}

std::vector<session::Change> as_changes(const std::vector<PathChange>& changes) {
  std::vector<session::Change> uncommitted;
  uncommitted.reserve(changes.size());
  for (const PathChange& change : changes) {
    uncommitted.push_back(
        {change.path, change.before, change.before, change.after, change.after, false});
  }
  return uncommitted;
}

std::map<RepoPath, Violation> find_foreign(const HookSession& session,
                                           const std::vector<PathChange>& changes) {
  std::map<RepoPath, Violation> foreign;
  for (const session::OwnedChange& owned : session::assign_owners(
           as_changes(changes), session.claim, session.others, session.baseline)) {
    const RepoPath& path = owned.change.path;
    const bool unchanged = owned.at_start && owned.at_start->worktree == owned.change.worktree;
    if (owned.owner != session::Owner::Foreign) continue;
    if (unchanged) {
      foreign[path] = {
          path, kDirtyAtStart,
          named(path) + " was already dirty when the session started, unchanged since"};
    } else {
      foreign[path] = {path, "other-session", named(path) + " is " + owned.reason};
    }
  }
  if (!session.baseline) return foreign;
  for (const PathChange& change : changes) {
    const auto at_start = session.baseline->dirty.find(change.path);
    if (at_start == session.baseline->dirty.end()) continue;
    if (!was_staged_at_start(at_start->second, change)) continue;
    foreign[change.path] = {change.path, kDirtyAtStart,
                            named(change.path) + " was already staged when the session started"};
  }
  return foreign;
}

}  // namespace

std::vector<Violation> find_violations(const HookSession& session,
                                       const std::vector<PathChange>& changes) {
  const std::map<RepoPath, Violation> foreign = find_foreign(session, changes);
  std::vector<Violation> violations;
  for (const PathChange& change : changes) {
    // A scope restricts the work, not the program's own records.
    const bool record = session.claim.has_record(change.path);
    if (auto violation = record ? std::nullopt : session.scope.check(change.path)) {
      violations.push_back(
          {change.path, std::move(violation->rule), std::move(violation->message)});
    }
    const auto found = foreign.find(change.path);
    if (found != foreign.end()) violations.push_back(found->second);
  }
  return violations;
}

std::vector<Violation> find_swept_in(const HookSession& session,
                                     const std::vector<PathChange>& changes) {
  std::vector<Violation> found = find_violations(session, changes);
  if (!session.claim.has_any()) return found;
  const std::vector<RepoPath> named_already = paths_of(found);
  for (const session::OwnedChange& owned : session::assign_owners(
           as_changes(changes), session.claim, session.others, session.baseline)) {
    const RepoPath& path = owned.change.path;
    if (owned.owner != session::Owner::Unclaimed) continue;
    if (std::binary_search(named_already.begin(), named_already.end(), path)) continue;
    found.push_back({path, "unclaimed", named(path) + ": " + owned.reason});
  }
  return found;
}

std::vector<RepoPath> paths_of(const std::vector<Violation>& violations) {
  std::vector<RepoPath> paths;
  for (const Violation& violation : violations) paths.push_back(violation.path);
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

Judged judge(const std::vector<const HookSession*>& sessions,
             const std::vector<PathChange>& changes, Finder find) {
  Judged best{sessions.front(), find(*sessions.front(), changes)};
  for (auto session = sessions.begin() + 1; session != sessions.end(); ++session) {
    if (best.violations.empty()) break;
    std::vector<Violation> violations = find(**session, changes);
    if (violations.size() < best.violations.size()) best = {*session, std::move(violations)};
  }
  return best;
}

std::string name_of(const HookSession& session) {
  if (!session.found.id.empty()) return "session '" + session.found.called() + "'";
  const auto& scope = session.scope.scope();
  return scope ? "the scope '" + scope->file.bytes() + "'" : "this work tree";
}

void say_violations(const std::vector<Violation>& violations, const std::string& indent,
                    HookAnswer& answer) {
  for (std::size_t i = 0; i < violations.size() && i < kMostShown; ++i) {
    answer.add(Say::Detail, indent + violations[i].message + " (" + violations[i].rule + ")");
  }
  if (violations.size() > kMostShown) {
    answer.add(Say::Detail,
               indent + "and " + std::to_string(violations.size() - kMostShown) + " more");
  }
}

std::vector<PathChange> changes_of(const git::Repository& repository, const git::Commit& commit) {
  const git::ObjectId before = commit.parents.empty()
                                   ? git::Repository::empty_tree()
                                   : repository.commit(commit.parents.front()).tree;
  return repository.diff_trees(before, commit.tree);
}

std::vector<PathChange> leaving_changes_of(const git::Repository& repository,
                                           const git::Commit& commit,
                                           const std::set<git::ObjectId>& leaving) {
  std::vector<PathChange> changes = changes_of(repository, commit);
  for (std::size_t i = 1; i < commit.parents.size(); ++i) {
    if (leaving.contains(commit.parents[i])) continue;
    const git::ObjectId tree = repository.commit(commit.parents[i]).tree;
    std::erase_if(changes, [&](const PathChange& change) {
      return repository.tree_entry(tree, change.path) == change.after;
    });
  }
  return changes;
}

}  // namespace gs::githooks
