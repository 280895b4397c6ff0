#include "close/commit/hook_changes.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/text.h"
#include "close/look/secret_search.h"
#include "git/objects/worktree_blobs.h"

namespace gs::close {

namespace {

using git::TreeDiffEntry;

bool is_planned(const Context& context, const RepoPath& path) {
  if (context.write_plan && context.write_plan->record_paths.contains(path)) return true;
  return std::any_of(
      context.commit_plans.begin(), context.commit_plans.end(), [&](const CommitPlan& commit) {
        return std::any_of(commit.changes.begin(), commit.changes.end(),
                           [&](const TreeDiffEntry& change) { return change.path == path; });
      });
}

// Whether only a part of the file was planned (staged by hand, or this session's) and the hook has
// staged the whole file.
bool is_rest_of_file(const Context& context, const TreeDiffEntry& entry) {
  for (const CommitUnit& unit : context.staging.units) {
    for (const StagedFile& file : unit.files) {
      const session::Change& change = file.change.change;
      if (change.path != entry.path || change.worktree == file.entry) continue;
      return git::hash_worktree_files(context.repository(), {{change.path, file.entry.mode}})
                 .front()
                 .value_or(git::TreeEntry{}) == entry.after;
    }
  }
  return false;
}

// A new file of the commit that git ignored before the hook added it.
bool was_ignored(const Context& context, const BeforeHooks& before, const TreeDiffEntry& entry) {
  if (entry.before.present()) return false;
  const auto file = context.repository().files().info(entry.path);
  return file && file->modified < before.time;
}

bool is_swept_in(const Context& context, const BeforeHooks& before, const TreeDiffEntry& entry) {
  if (is_planned(context, entry.path)) return is_rest_of_file(context, entry);
  return std::binary_search(before.changed.begin(), before.changed.end(), entry.path) ||
         was_ignored(context, before, entry);
}

void list(std::vector<std::string>& parts, const char* verb, const std::vector<RepoPath>& paths) {
  constexpr std::size_t kMostNamed = 5;
  if (paths.empty()) return;
  for (std::size_t i = 0; i < std::min(paths.size(), kMostNamed); ++i)
    parts.push_back((i == 0 ? std::string(verb) + " " : "") + paths[i].quoted());
  if (paths.size() > kMostNamed)
    parts.back() += " and " + std::to_string(paths.size() - kMostNamed) + " more";
}

std::string describe(const std::vector<TreeDiffEntry>& differences, const git::ObjectId& head_tree,
                     const git::Repository& repository) {
  std::vector<RepoPath> added;
  std::vector<RepoPath> changed;
  std::vector<RepoPath> removed;
  std::vector<RepoPath> left_out;
  for (const TreeDiffEntry& entry : differences) {
    const bool as_before = repository.tree_entry(head_tree, entry.path) == entry.after;
    (as_before                 ? left_out
     : !entry.before.present() ? added
     : entry.after.present()   ? changed
                               : removed)
        .push_back(entry.path);
  }
  std::vector<std::string> parts;
  list(parts, "added", added);
  list(parts, "changed", changed);
  list(parts, "removed", removed);
  list(parts, "left out", left_out);
  return parts.empty() ? "" : "the pre-commit hook " + join(parts, ", ");
}

PhaseResult refuse_swept(const std::vector<std::string>& others) {
  PhaseResult result = block(
      "the pre-commit hook added " + others.front() +
      (others.size() > 1 ? " and " + std::to_string(others.size() - 1) + " more" : std::string()) +
      ", which is not part of this commit");
  result.detail = join(others, "\n");
  result.hint =
      "nothing was committed; let the hook add only files of the commit (git diff --cached "
      "--name-only), then 'git session close --continue'";
  return result;
}

std::string without_space(std::string text) {
  std::erase_if(text, is_space);
  return text;
}

std::string expected_message(const git::Repository& repository, const NewCommit& wanted,
                             const git::ObjectId& tree) {
  if (wanted.tested != tree) return wanted.message;
  return git::with_trailer(repository, wanted.message, trailer_of_tested(tree));
}

// Decision `secrets`, as before a push: the branch does not have the commit yet.
std::optional<PhaseResult> refuse_secrets(Context& context, const git::ObjectId& commit) {
  const std::vector<session::Finding> secrets =
      without_overridden(context, find_secrets_of(context, commit).secrets);
  if (secrets.empty()) return std::nullopt;
  const std::string many = plural(secrets.size(), "secret") + " in what the hooks added";
  const auto chosen = decide_secrets(context, many + ". Commit anyway?", secrets);
  if (chosen == "override") return std::nullopt;
  PhaseResult result = block(many);
  result.open_decision = !chosen;
  result.detail = list_secrets(secrets);
  result.findings = secrets;
  result.hint =
      "nothing was committed; stop the hook from adding it, then 'git session close --continue'";
  return result;
}

}  // namespace

BeforeHooks::BeforeHooks(const Context& context) {
  if (!context.committer->has_pre_commit()) return;
  changed = git::changed_paths(git::read_status(context.repository()));
  time = context.clock.now();
}

HookChanges judge_hooks(Context& context, const BeforeHooks& before, const NewCommit& wanted,
                        const git::ObjectId& planned_tree, const git::CommitObject& made) {
  const git::Repository& repository = context.repository();
  HookChanges result;
  if (planned_tree != made.tree) {
    const std::vector<TreeDiffEntry> differences = repository.diff_trees(planned_tree, made.tree);
    std::vector<std::string> others;
    for (const TreeDiffEntry& entry : differences) {
      if (is_swept_in(context, before, entry)) others.push_back(entry.path.quoted());
    }
    if (!others.empty()) {
      result.refusal = refuse_swept(others);
      return result;
    }
    result.words = describe(differences, tree_of(repository, repository.head().commit), repository);
  }
  const bool other_message =
      !wanted.amend && without_space(repository.commit(*made.oid).message) !=
                           without_space(expected_message(repository, wanted, made.tree));
  if (other_message && !wanted.edit && context.committer->has_message_hook())
    result.words += (result.words.empty() ? "" : "; ") + std::string("a hook changed the message");
  if (other_message || planned_tree != made.tree)
    result.refusal = refuse_secrets(context, *made.oid);
  return result;
}

}  // namespace gs::close
