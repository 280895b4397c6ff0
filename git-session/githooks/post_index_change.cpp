#include "githooks/post_index_change.h"

#include <algorithm>

#include "base/file/file.h"
#include "base/text.h"
#include "git/status/staged_changes.h"
#include "githooks/active_worktree.h"
#include "githooks/judge/staged_memory.h"
#include "githooks/judge/undo_commands.h"

namespace gs::githooks {

namespace {

// The index was written together with the work tree: a checkout, a merge, a reset. And so it is for
// the private index of `git commit PATH…`.
bool with_the_work_tree(const HookCall& call) {
  return !call.arguments.empty() && call.arguments.front() == "1";
}

bool is_temporary(const HookCall& call) {
  return !call.index_file.empty() && call.index_file != join_path(call.git_dir, "index");
}

// Staged before the session, and still as it was then.
void leave_out_staged_at_start(const HookSession& session, std::vector<PathChange>& changes) {
  if (!session.baseline) return;
  std::erase_if(changes, [&](const PathChange& change) {
    const auto at_start = session.baseline->dirty.find(change.path);
    return at_start != session.baseline->dirty.end() && at_start->second.index == change.after;
  });
}

void say_swept_in(const Judged& judged, const HookCall& call, HookAnswer& answer) {
  if (judged.violations.empty() || enforcement_of(*judged.session) == session::Enforcement::Off) {
    return;
  }
  const std::vector<RepoPath> paths = paths_of(judged.violations);
  answer.add(Say::Warning, plural(paths.size(), "path") + " just staged " +
                               (paths.size() == 1 ? "is" : "are") + " not of " +
                               name_of(*judged.session));
  say_violations(judged.violations, "  ", answer);
  answer.add(Say::Hint, unstage_hint(paths, call.prefix));
}

}  // namespace

HookAnswer post_index_change(const HookCall& call) {
  HookAnswer answer;
  if (with_the_work_tree(call) || is_temporary(call)) return answer;
  const auto scene = ActiveWorktree::enter(call, answer);
  if (!scene) return answer;
  const std::vector<PathChange> staged = git::staged_changes(scene->repository());
  const StagedMemory memory(scene->repository(), scene->first().id);
  std::vector<PathChange> newly = memory.newly(staged);
  if (!newly.empty()) leave_out_staged_at_start(scene->first_session(), newly);
  if (!newly.empty()) say_swept_in(scene->judge(newly, find_swept_in), call, answer);
  memory.remember(staged);
  return answer;
}

}  // namespace gs::githooks
