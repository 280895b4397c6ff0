#include "base/text.h"
#include "close/commit/commits.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

std::size_t file_count(const Context& context) {
  std::size_t files = 0;
  for (const CommitPlan& commit : context.commit_plans) files += commit.changes.size();
  return files;
}

PhaseResult preview_stage(Context& context) {
  const std::size_t files = file_count(context);
  return files == 0 ? skip("nothing but the session's records")
                    : ok("would stage " + plural(files, "file"));
}

PhaseResult write_stage(Context& context) {
  const std::size_t files = file_count(context);
  if (files == 0) return skip("nothing but the session's records");
  // Before the first commit: all of them apply to HEAD as it is and change nothing else.
  std::vector<git::TreeDiffEntry> all;
  for (const CommitPlan& commit : context.commit_plans)
    all.insert(all.end(), commit.changes.begin(), commit.changes.end());
  const git::ObjectId head = tree_of(context.repository(), context.repository().head().commit);
  if (!changes_left(context, all, head))
    return block("HEAD has a different version of " + context.moved->quoted());
  return ok(plural(files, "file") + " staged, nothing else differs from HEAD");
}

}  // namespace

const Phase kStage{
    .id = "stage",
    .title = "Stage",
    .look = preview_stage,
    .write = write_stage,
    .does = R"(builds the tree of the commits from exactly the listed paths, and compares it with
HEAD)",
    .skipped_when = R"(nothing to commit but the session's records)",
    .blocks_when = R"(never; where HEAD has a different version of a path, the rest is planned
again)",
    .commits_work = true,
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
