#include "close/undo/branch_back.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "close/commit/commits.h"
#include "close/commit/intended.h"
#include "close/commit/rewritten.h"
#include "git/commit/commit.h"
#include "git/index/staging.h"
#include "git/refs.h"

namespace gs::close {

namespace {

std::optional<git::ObjectId> parent_of(const git::Repository& repository,
                                       const git::ObjectId& commit) {
  const std::vector<git::ObjectId> parents = repository.commit(commit).parents;
  return parents.empty() ? std::nullopt : std::optional(parents.front());
}

// The remote-tracking branch that has one of the commits; "" for none.
std::string known_on(const git::Repository& repository, const git::ObjectId& commit) {
  // In one walk, however many there are.
  if (!repository.commits_without(git::known_on_remote(repository, ""), commit, 1).empty())
    return "";
  for (const git::Ref& ref : git::list_refs(repository, "refs/remotes/")) {
    const auto tip = repository.resolve_commit(ref.name);
    if (tip && repository.is_ancestor(commit, *tip))
      return ref.name.substr(std::string("refs/remotes/").size());
  }
  return "";
}

// Why the commits are not the end of the branch.
Error moved_on(const git::Repository& repository, const UndoneCommits& commits) {
  const std::optional<git::ObjectId> head = repository.head().commit;
  if (head && repository.is_ancestor(commits.tip(), *head)) {
    return refused("'" + repository.commit(*head).subject + "' was committed on top of the close")
        .with_hint(revert_hint(commits));
  }
  return refused("the close's commits are not on this branch any more: HEAD is " +
                 (head ? head->abbreviated() : "unborn"))
      .with_hint("'git reset --keep " + commits.tip().abbreviated() +
                 "' brings them back; then undo");
}

// Commits of others that were made while the close was running.
void require_nothing_in_between(const git::Repository& repository, const UndoneCommits& commits) {
  for (std::size_t i = 1; i < commits.made.size(); ++i) {
    if (parent_of(repository, commits.made[i].oid) == commits.made[i - 1].oid) continue;
    throw refused("others have committed between the commits of the close")
        .with_hint(revert_hint(commits));
  }
}

void require_no_operation(const git::Repository& repository) {
  const git::Operation operation = repository.operation_in_progress();
  if (operation == git::Operation::None || operation == git::Operation::Bisect) return;
  throw refused("a " + std::string(git::operation_name(operation)) + " is in progress")
      .with_hint("finish or abort it, then undo");
}

void require_branch(const git::Repository& repository, const UndoneCommits& commits) {
  const std::string now = repository.head().branch.value_or("");
  if (now == commits.branch) return;
  throw refused("the close was made on " +
                (commits.branch.empty() ? "a detached HEAD" : "branch '" + commits.branch + "'"))
      .with_hint((commits.branch.empty() ? "'git checkout " + commits.tip().abbreviated() + "'"
                                         : "'git checkout " + quote_shell(commits.branch) + "'") +
                 ", then undo");
}

}  // namespace

UndoneCommits undone_commits(const session::Workspace& workspace, const Journal& journal,
                             const std::string& branch) {
  UndoneCommits commits;
  commits.branch = branch;
  commits.made = made_commits(workspace, journal, Which::All);
  if (!commits.any()) return commits;
  commits.now = as_they_are_now(workspace.repository, commits.made);
  auto followed = followed_commits(journal);
  if (!followed) {
    throw refused("the last close was made by an older version of git-session")
        .with_hint(revert_hint(commits));
  }
  commits.followed = *std::move(followed);
  commits.target = commits.followed.front().from;
  return commits;
}

std::string revert_hint(const UndoneCommits& commits) {
  std::vector<std::string> ids;
  for (auto commit = commits.now.rbegin(); commit != commits.now.rend(); ++commit)
    ids.push_back(commit->oid.abbreviated());
  return "'git revert " + join(ids, " ") + "' reverts what it committed, in new commits";
}

void require_on_branch(const session::Workspace& workspace, const UndoneCommits& commits) {
  const git::Repository& repository = workspace.repository;
  require_no_operation(repository);
  require_branch(repository, commits);
  if (const std::string remote = known_on(repository, commits.made.front().oid); !remote.empty()) {
    throw refused("the close's commits were pushed: '" + remote + "' has them")
        .with_hint(revert_hint(commits));
  }
  if (repository.head().commit != commits.tip()) throw moved_on(repository, commits);
  require_nothing_in_between(repository, commits);
}

bool is_moved_back(const session::Workspace& workspace, const UndoneCommits& commits) {
  const git::Repository& repository = workspace.repository;
  const std::optional<git::ObjectId> now =
      commits.branch.empty() ? repository.head().commit
                             : git::read_ref(repository, "refs/heads/" + commits.branch);
  return !now || !repository.is_ancestor(commits.tip(), *now);
}

namespace {

// The entries have no file times yet, so that `git diff-index` would report them as changed.
void refresh_index(const git::Repository& repository,
                   const std::vector<git::IndexChange>& changes) {
  std::vector<RepoPath> paths;
  for (const git::IndexChange& change : changes) {
    if (change.entry.present() && !change.entry.oid.is_null()) paths.push_back(change.path);
  }
  git::refresh_entries(repository, paths);
}

}  // namespace

void move_back(const session::Workspace& workspace, const UndoneCommits& commits,
               UndoResult& result) {
  const git::Repository& repository = workspace.repository;
  git::RealIndex index(repository, Journal::directory(workspace));
  const bool is_back = is_moved_back(workspace, commits);
  if (!is_back) require_on_branch(workspace, commits);
  if (is_back) require_branch(repository, commits);
  const std::vector<git::IndexChange> changes =
      git::unfollow_commits(repository, index, commits.followed, result.staged);
  result.index_entries = changes.size();
  git::HeadUpdate update;
  if (!commits.branch.empty()) update.branch = commits.branch;
  update.from = commits.tip();
  update.to = commits.target;
  update.reflog = std::string(git::kActionOfUndo) + ": back to before the close";
  // Everything that can fail comes before the branch moves.
  index.prepare(changes);
  if (!is_back && !git::update_head(repository, update)) throw moved_on(repository, commits);
  index.put_in_place();
  index.unlock();
  refresh_index(repository, changes);
}

}  // namespace gs::close
