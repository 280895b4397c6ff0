#include "close/commit/swept_in.h"

#include <algorithm>

#include "base/text.h"

namespace gs::close {

namespace {

bool is_planned(const Context& context, const RepoPath& path) {
  if (context.write_plan && context.write_plan->record_paths.contains(path)) return true;
  return std::any_of(
      context.commit_plans.begin(), context.commit_plans.end(), [&](const CommitPlan& commit) {
        return std::any_of(commit.changes.begin(), commit.changes.end(),
                           [&](const git::TreeDiffEntry& change) { return change.path == path; });
      });
}

}  // namespace

std::optional<PhaseResult> swept_in(const Context& context, const std::vector<RepoPath>& changed,
                                    const git::ObjectId& planned, const git::ObjectId& made) {
  if (planned == made) return std::nullopt;
  std::vector<std::string> others;
  for (const git::TreeDiffEntry& entry : context.repository().diff_trees(planned, made)) {
    // Of a planned file the hook may have made something else, as a formatter does.
    if (!is_planned(context, entry.path) &&
        std::binary_search(changed.begin(), changed.end(), entry.path))
      others.push_back(entry.path.quoted());
  }
  if (others.empty()) return std::nullopt;
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

}  // namespace gs::close
