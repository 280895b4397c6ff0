#include "close/commit/commits.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "checks/secrets/mask.h"
#include "close/commit/hook_changes.h"
#include "close/commit/intended.h"
#include "git/commit/commit.h"
#include "git/durable.h"
#include "git/index/real_index.h"
#include "git/refs.h"

namespace gs::close {

std::optional<git::Commit> read_commit(const git::Repository& repository,
                                       const git::ObjectId& oid) {
  try {
    return repository.commit(oid);
  } catch (const Error&) {
    return std::nullopt;
  }
}

namespace {

bool is_on_branch(const git::Repository& repository, const git::ObjectId& oid) {
  const std::optional<git::ObjectId> head = repository.head().commit;
  if (!head || !read_commit(repository, oid)) return false;
  return *head == oid || repository.is_ancestor(oid, *head);
}

// Whether the commit was removed from the branch along with its changes; one that was only
// rewritten (by a rebase, an amend) is not lost.
bool is_lost(const git::Repository& repository, const Intended& commit) {
  const std::optional<git::Commit> read = read_commit(repository, commit.oid);
  if (!read || is_on_branch(repository, commit.oid)) return false;
  const git::ObjectId now = tree_of(repository, repository.head().commit);
  const std::vector<git::TreeDiffEntry> changes =
      repository.diff_trees(tree_of(repository, commit.parent), read->tree);
  return std::any_of(changes.begin(), changes.end(), [&](const git::TreeDiffEntry& change) {
    return repository.tree_entry(now, change.path) == change.before;
  });
}

MadeCommit described(const Intended& commit) {
  return {commit.oid, checks::mask_secrets(commit.subject), commit.files,
          checks::mask_secrets(commit.hooks)};
}

// Checked before anything else: why no commit can be made in this state.
std::optional<PhaseResult> unfit(const Context& context) {
  const git::Repository& repository = context.repository();
  const std::string now = repository.head().branch.value_or("");
  if (now != context.branch) {
    PhaseResult result =
        block(now.empty() ? "HEAD was detached while the close was running"
                          : "branch '" + now + "' was checked out while the close was running");
    result.hint = (context.branch.empty() ? std::string("detach HEAD again")
                                          : "check out '" + context.branch + "' again") +
                  ", then 'git session close --continue'";
    return result;
  }
  for (const Intended& commit : done_commits(context.journal)) {
    const bool counted =
        std::any_of(context.commits.begin(), context.commits.end(),
                    [&](const MadeCommit& made) { return made.oid == commit.oid; });
    if (!counted || !is_lost(repository, commit)) continue;
    PhaseResult result = block("commit " + commit.oid.abbreviated() +
                               " was taken off the branch while the close was running");
    result.hint = context.write_plan
                      ? "take the close back with 'git session close --abort', then close again"
                      : "'git session close --continue' plans again what is not committed";
    return result;
  }
  const git::Operation operation = repository.operation_in_progress();
  if (operation == git::Operation::None || operation == git::Operation::Bisect) return std::nullopt;
  PhaseResult result =
      block("a " + std::string(git::operation_name(operation)) + " is in progress");
  result.hint = "finish or abort it, then 'git session close --continue'";
  return result;
}

// The tree with these changes; absent if that would change other paths too, as a file that replaces
// a directory does.
std::optional<git::ObjectId> tree_with(const git::Repository& repository,
                                       const git::ObjectId& before,
                                       const std::vector<git::TreeDiffEntry>& changes) {
  std::vector<git::TreeEdit> edits;
  std::map<RepoPath, git::TreeEntry> expected;
  for (const git::TreeDiffEntry& change : changes) {
    edits.push_back({change.path, change.after});
    expected[change.path] = change.after;
  }
  const git::ObjectId tree = repository.edit_tree(before, std::move(edits));
  for (const git::TreeDiffEntry& entry : repository.diff_trees(before, tree)) {
    const auto found = expected.find(entry.path);
    if (found == expected.end() || found->second != entry.after) return std::nullopt;
    expected.erase(found);
  }
  return expected.empty() ? std::optional(tree) : std::nullopt;
}

PhaseResult refused_by(const git::CommitObject& commit) {
  if (commit.interrupted) {
    PhaseResult result = block("interrupted");
    result.hint = "'git session close --continue' resumes";
    return result;
  }
  PhaseResult result = block("the commit was refused");
  result.detail = commit.words;
  result.hint = "fix what it complains about, then 'git session close --continue'";
  return result;
}

// Moves the branch to the commit and the real index with it; the journal says so before. False: the
// branch has moved.
bool advance(Context& context, const std::string& step, const Intended& intended) {
  const git::Repository& repository = context.repository();
  const std::string scratch = Journal::directory(context.workspace);
  std::optional<git::RealIndex> locked;
  try {
    locked.emplace(repository, scratch);
  } catch (const Error& error) {
    throw error.with_hint(error.hint() + ", then 'git session close --continue' resumes");
  }
  git::RealIndex& index = *locked;
  // A merge or rebase may have begun while a hook ran; none can while the index is locked.
  if (unfit(context)) {
    index.unlock();
    return false;
  }
  git::HeadUpdate update;
  if (!context.branch.empty()) update.branch = context.branch;
  update.from = intended.from();
  update.to = intended.oid;
  const std::string action = intended.amends   ? "commit (amend): "
                             : intended.parent ? "commit: "
                                               : "commit (initial): ";
  update.reflog = action + intended.subject;
  // Everything that can fail comes before the branch moves.
  Intended begun = intended;
  begun.staged.emplace();
  index.prepare(git::follow_commit(repository, index, intended.from(), intended.oid,
                                   intended.planned, &*begun.staged));
  git::sync_repository(context.repository());  // the branch must not name what a power loss takes
  context.journal.record("begin", {{"step", step}, {"intent", to_json(begun)}});
  const bool moved = git::update_head(repository, update);
  if (moved) index.put_in_place();
  index.unlock();
  return moved;
}

}  // namespace

git::ObjectId tree_of(const git::Repository& repository,
                      const std::optional<git::ObjectId>& commit) {
  return commit ? repository.commit(*commit).tree : git::Repository::empty_tree();
}

std::vector<MadeCommit> made_commits(const session::Workspace& workspace, const Journal& journal,
                                     Which which) {
  std::vector<MadeCommit> made;
  for (const Intended& commit : done_commits(journal)) {
    if (which == Which::All || !is_lost(workspace.repository, commit))
      made.push_back(described(commit));
  }
  return made;
}

namespace {

// The commit that was being made, if the branch has it.
void finish_commit(const session::Workspace& workspace, Journal& journal) {
  const git::Repository& repository = workspace.repository;
  const std::string step = next_step(journal);
  const std::vector<Json> intents = journal.intents(step);
  if (!intents.empty()) {
    Intended commit = intended_from_json(intents.back());
    if (is_on_branch(repository, commit.oid)) {
      git::RealIndex index(repository, Journal::directory(workspace));
      index.prepare(
          git::follow_commit(repository, index, commit.from(), commit.oid, commit.planned));
      index.put_in_place();
      index.unlock();
      git::sync_repository(repository);
      commit.staged.reset();
      journal.record("done", {{"step", step}, {"result", to_json(commit)}});
    }
  }
}

}  // namespace

void settle_commits(const session::Workspace& workspace, Journal& journal) {
  const auto unlock = [&] {
    git::RealIndex::remove_stale_lock(workspace.repository, Journal::directory(workspace));
  };
  try {
    finish_commit(workspace, journal);
  } catch (...) {
    unlock();
    throw;
  }
  unlock();
}

std::optional<std::vector<git::TreeDiffEntry>> changes_left(
    Context& context, const std::vector<git::TreeDiffEntry>& planned,
    const git::ObjectId& parent_tree) {
  const git::Repository& repository = context.repository();
  std::vector<git::TreeDiffEntry> left;
  for (const git::TreeDiffEntry& change : planned) {
    const git::TreeEntry now = repository.tree_entry(parent_tree, change.path);
    if (now == change.after) continue;
    if (now != change.before) {
      context.moved = change.path;
      return std::nullopt;
    }
    left.push_back(change);
  }
  if (!left.empty() && !tree_with(repository, parent_tree, left)) {
    context.moved = left.front().path;
    return std::nullopt;
  }
  return left;
}

namespace {

// The last commit of this close, if HEAD names it still and nothing else does: a hook may have
// pushed or tagged it.
std::optional<Intended> amendable(const Context& context) {
  const git::Repository& repository = context.repository();
  const std::vector<Intended> done = done_commits(context.journal);
  if (done.empty() || done.back().oid != repository.head().commit) return std::nullopt;
  const std::vector<git::Ref> refs = git::list_refs(repository, "refs/");
  const auto names_it = [&](const git::Ref& ref) {
    return ref.target == done.back().oid && ref.name != "refs/heads/" + context.branch;
  };
  return std::any_of(refs.begin(), refs.end(), names_it) ? std::nullopt
                                                         : std::optional(done.back());
}

// Moves the branch, with notes in the journal. False: the branch has moved.
bool put_on_branch(Context& context, const Intended& commit) {
  const std::string step = next_step(context.journal);
  if (!advance(context, step, commit)) return false;
  git::sync_repository(context.repository());
  context.journal.record("done", {{"step", step}, {"result", to_json(commit)}});
  if (commit.amends) context.commits.pop_back();
  context.commits.push_back(described(commit));
  return true;
}

// What hooks did to a commit and to the one in its place.
std::string joined(const std::string& first, const std::string& then) {
  if (first.empty() || then.empty() || first == then) return then.empty() ? first : then;
  return first + "; then " + then;
}

void run_hooks_after(const Context& context, const Intended& commit, const git::ObjectId& tree) {
  context.committer->run_post_commit(tree);
  if (commit.amends) context.committer->run_post_rewrite(*commit.amends, commit.oid);
}

}  // namespace

std::string trailer_of_tested(const git::ObjectId& tree) {
  return "Tested-tree: " + tree.hex();
}

CommitOutcome make_commit(Context& context, const NewCommit& wanted, PhaseResult& refusal) {
  // Gives up on a branch that others keep moving.
  constexpr int kMostTries = 20;
  const git::Repository& repository = context.repository();
  if (!context.committer) {
    context.committer =
        std::make_shared<git::Committer>(repository, Journal::directory(context.workspace));
  }
  for (int tries = 0; tries < kMostTries; ++tries) {
    if (auto reason = unfit(context)) {
      refusal = *std::move(reason);
      return CommitOutcome::Refused;
    }
    const auto amended = wanted.amend ? amendable(context) : std::nullopt;
    const std::optional<git::ObjectId> head = repository.head().commit;
    const std::optional<git::ObjectId> parent = amended ? amended->parent : head;
    const git::ObjectId before = tree_of(repository, head);
    const std::vector<git::TreeDiffEntry> changes = wanted.changes_of_tree(before);
    if (context.moved) return CommitOutcome::Moved;
    if (changes.empty()) return CommitOutcome::Nothing;
    const std::optional<git::ObjectId> tree = tree_with(repository, before, changes);
    if (!tree) {
      context.moved = changes.front().path;
      return CommitOutcome::Moved;
    }
    const BeforeHooks before_hooks(context);
    git::CommitRequest request{parent, *tree, wanted.message, context.clock.now(), wanted.edit};
    if (amended) request.amends = amended->oid;
    if (wanted.tested == *tree) request.trailer = trailer_of_tested(*tree);
    const git::CommitObject commit = context.committer->make(request);
    if (!commit.oid) {
      refusal = refused_by(commit);
      return CommitOutcome::Refused;
    }
    HookChanges hooks = judge_hooks(context, before_hooks, wanted, *tree, commit);
    if (hooks.refusal) {
      refusal = *std::move(hooks.refusal);
      return CommitOutcome::Refused;
    }
    Intended intended{*commit.oid, parent, amended ? amended->subject : commit.subject,
                      repository.diff_trees(tree_of(repository, parent), commit.tree).size(),
                      request.amends};
    intended.hooks = amended ? joined(amended->hooks, hooks.words) : hooks.words;
    if (commit.tree != *tree) intended.planned = *tree;
    if (!put_on_branch(context, intended)) continue;
    run_hooks_after(context, intended, commit.tree);
    return CommitOutcome::Made;
  }
  refusal = block("others commit to this branch faster than this commit can be made");
  refusal.hint = "'git session close --continue' tries again";
  return CommitOutcome::Refused;
}

}  // namespace gs::close
