#include "close/plan/commit_plan.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "close/context.h"
#include "close/plan/commit_message.h"
#include "close/plan/report_builder.h"
#include "git/history.h"
#include "git/index/index_flags.h"
#include "git/objects/merge.h"
#include "git/objects/worktree_blobs.h"

namespace gs::close {

namespace {

// Stores the blobs of everything that the commits name; a file that has changed since the gates ran
// is not committed.
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
  std::optional<std::set<RepoPath>> in_index_only;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (stored[i] == expected[i]) continue;
    // What is staged without being checked out, as in a sparse checkout, has no file.
    if (!in_index_only) in_index_only = git::skip_worktree_paths(context.repository());
    if (stored[i] || !in_index_only->contains(files[i].path))
      changed_since.push_back(files[i].path);
  }
}

std::vector<long> done_issues(const Context& context) {
  std::vector<long> issues;
  for (const checks::ItemResult& result : context.plan.items) {
    const std::optional<long> issue = context.session->plan->items[result.index].issue;
    if (result.status == checks::ItemStatus::Done && issue) issues.push_back(*issue);
  }
  return issues;
}

void add_changes(const CommitUnit& unit, CommitPlan& commit) {
  for (const StagedFile& file : unit.files) {
    const session::Change& change = file.change.change;
    commit.changes.push_back({change.path, change.head, file.entry});
  }
}

// Whether `after` contains what HEAD has got since `before`.
bool holds(const git::Repository& repository, const git::TreeEntry& before,
           const git::TreeEntry& after, const git::TreeEntry& head) {
  if (!before.is_file() || !after.is_file() || !head.is_file()) return false;
  const std::string ours = repository.read_blob(after.oid);
  return git::merge_contents(repository.read_blob(before.oid), ours,
                             repository.read_blob(head.oid)) == ours;
}

// HEAD's entry when the file was planned. A file edited since is as its editor wants it; an index
// entry or a file that is unchanged since then lacks HEAD's change.
std::optional<git::TreeEntry> stale_since(const git::TreeDiffEntry& then,
                                          const git::TreeDiffEntry& now) {
  const bool as_it_was = now.after == then.after || now.after == then.before;
  if (now.before == then.before || !as_it_was) return std::nullopt;
  return then.before;
}

// HEAD's entry of each path before a move that did not update the index; read on first use. If all
// moves did, nothing is compared.
class MovesWithoutIndex {
 public:
  explicit MovesWithoutIndex(const git::Repository& repository) : repository_(repository) {}

  // The index's entry, if it is one that HEAD has left behind.
  std::optional<git::TreeEntry> stale_index(const git::TreeDiffEntry& change,
                                            const git::TreeEntry& index) {
    if (index == change.before) return std::nullopt;
    if (!read_) read();
    const auto found = left_behind_.find(change.path);
    if (found == left_behind_.end()) return std::nullopt;
    const auto same = std::find(found->second.begin(), found->second.end(), index);
    return same == found->second.end() ? std::nullopt : std::optional(*same);
  }

 private:
  void read() {
    read_ = true;
    constexpr std::size_t kMost = 200;
    std::vector<git::HeadMove> moves = git::head_moves(repository_, kMost);
    while (!moves.empty() && (!moves.back().from || git::moves_index_along(moves.back().message)))
      moves.pop_back();
    std::set<RepoPath> brought_along;
    for (const git::HeadMove& move : moves) {
      const bool along = git::moves_index_along(move.message);
      for (const git::TreeDiffEntry& entry : changes_of(move)) {
        if (along) brought_along.insert(entry.path);
        if (!brought_along.contains(entry.path)) left_behind_[entry.path].push_back(entry.before);
      }
    }
  }

  std::vector<git::TreeDiffEntry> changes_of(const git::HeadMove& move) const {
    try {
      return repository_.diff_trees(repository_.commit(*move.from).tree,
                                    repository_.commit(move.to).tree);
    } catch (const Error&) {
      return {};  // pruned since
    }
  }

  const git::Repository& repository_;
  bool read_ = false;
  std::map<RepoPath, std::vector<git::TreeEntry>> left_behind_;
};

// What is in the way of an added path (a file in place of its directory, or files below it) is
// removed by the commit that adds it.
void remove_obstacles_in_place(std::vector<CommitPlan>& plans) {
  std::map<RepoPath, std::size_t> removals;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    for (const git::TreeDiffEntry& change : plans[i].changes) {
      if (!change.after.present()) removals[change.path] = i;
    }
  }
  std::map<RepoPath, std::size_t> moved;
  for (std::size_t i = 0; !removals.empty() && i < plans.size(); ++i) {
    for (const git::TreeDiffEntry& change : plans[i].changes) {
      if (!change.after.present() || change.before.present()) continue;
      for (const auto& [path, from] : removals) {
        const bool in_the_way = change.path.is_below(path) || path.is_below(change.path);
        if (in_the_way && from != i) moved[path] = i;
      }
    }
  }
  for (const auto& [path, to] : moved) {
    const RepoPath& wanted = path;
    std::vector<git::TreeDiffEntry>& changes = plans[removals.at(path)].changes;
    const auto found = std::find_if(changes.begin(), changes.end(),
                                    [&](const auto& change) { return change.path == wanted; });
    plans[to].changes.push_back(*found);
    changes.erase(found);
  }
  std::erase_if(plans, [](const CommitPlan& plan) { return plan.changes.empty(); });
}

}  // namespace

std::vector<CommitPlan> plan_commits(Context& context, bool store,
                                     std::vector<RepoPath>* changed_since) {
  if (store) store_contents(context, *changed_since);
  const MessageSource source{context.session->plan,
                             context.session->id,
                             context.session->state.session_type,
                             context.session->state.title,
                             context.workspace.config.list("co-author"),
                             context.workspace.home.tracked()};
  std::vector<long> closes = issues_to_close(context);
  std::vector<CommitPlan> plans;
  if (context.options.message && !context.staging.units.empty()) {
    CommitPlan commit{given_message(source, *context.options.message, closes), {}};
    for (const CommitUnit& unit : context.staging.units) add_changes(unit, commit);
    plans.push_back(std::move(commit));
    return plans;
  }
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
    CommitPlan commit{unit_message(source, unit, closed), {}};
    add_changes(unit, commit);
    plans.push_back(std::move(commit));
  }
  remove_obstacles_in_place(plans);
  return plans;
}

std::optional<RepoPath> behind_head(const git::Repository& repository,
                                    const std::vector<CommitPlan>& earlier,
                                    const std::vector<CommitPlan>& plans,
                                    const std::map<RepoPath, git::TreeEntry>& staged) {
  std::map<RepoPath, const git::TreeDiffEntry*> planned;
  for (const CommitPlan& commit : earlier) {
    for (const git::TreeDiffEntry& change : commit.changes) planned[change.path] = &change;
  }
  MovesWithoutIndex moves(repository);
  for (const CommitPlan& commit : plans) {
    for (const git::TreeDiffEntry& change : commit.changes) {
      std::optional<git::TreeEntry> made_from;
      if (const auto then = planned.find(change.path); then != planned.end())
        made_from = stale_since(*then->second, change);
      if (const auto index = staged.find(change.path); !made_from && index != staged.end())
        made_from = moves.stale_index(change, index->second);
      if (made_from && !holds(repository, *made_from, change.after, change.before))
        return change.path;
    }
  }
  return std::nullopt;
}

std::vector<long> issues_to_close(const Context& context) {
  std::set<long> closed;
  const auto note = [&](const std::string& message) {
    const std::vector<long> issues = issues_closed_in(message);
    closed.insert(issues.begin(), issues.end());
  };
  for (const MadeCommit& commit : context.commits)
    note(context.repository().commit(commit.oid).message);
  for (const CommitPlan& commit : context.commit_plans) note(commit.message);
  std::vector<long> issues = done_issues(context);
  std::erase_if(issues, [&](long issue) { return closed.contains(issue); });
  return issues;
}

}  // namespace gs::close
