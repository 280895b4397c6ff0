#include "githooks/hooks.h"

#include "base/text.h"
#include "git/index/staging.h"
#include "githooks/active_worktree.h"
#include "githooks/judge/undo_commands.h"

namespace gs::githooks {

namespace {

// The index that git is about to commit: a private one for `git commit -a` (and -i) and for `git
// commit PATH…`.
enum class CommittedIndex { Own, All, Only };

CommittedIndex committed_index(const std::string& index_file) {
  const std::string_view name = std::string_view(index_file).substr(index_file.rfind('/') + 1);
  if (name == "index.lock") return CommittedIndex::All;
  return name.starts_with("next-index-") ? CommittedIndex::Only : CommittedIndex::Own;
}

// How to continue without the paths.
std::string way_out(CommittedIndex index, const HookCall& call,
                    const std::vector<RepoPath>& paths) {
  switch (index) {
    case CommittedIndex::All:
      return "'git commit -a' takes every change: stage the paths that are meant, and commit "
             "without -a";
    case CommittedIndex::Only:
      return "leave the paths out of the command line of 'git commit'";
    case CommittedIndex::Own:
      break;
  }
  return unstage_hint(paths, call.prefix);
}

}  // namespace

HookAnswer pre_commit(const HookCall& call) {
  HookAnswer answer;
  const auto scene = ActiveWorktree::enter(call, answer);
  if (!scene) return answer;
  const Judged judged = scene->judge(git::staged_changes(scene->repository()));
  if (judged.violations.empty()) return answer;
  const session::Enforcement enforcement = enforcement_of(*judged.session);
  if (enforcement == session::Enforcement::Off) return answer;

  scene->say_problems(answer);
  const std::vector<RepoPath> paths = paths_of(judged.violations);
  answer.refused = enforcement == session::Enforcement::Strict;
  answer.add(answer.refused ? Say::Error : Say::Warning,
             plural(paths.size(), "file") + " about to be committed " +
                 (paths.size() == 1 ? "does" : "do") + " not belong to " +
                 name_of(*judged.session));
  say_violations(judged.violations, "  ", answer);
  answer.add(Say::Hint, way_out(committed_index(call.index_file), call, paths));
  if (answer.refused) {
    answer.add(Say::Hint,
               "or allow them: 'git session scope set PATTERN...'; to commit anyway: 'git "
               "commit --no-verify'");
  }
  return answer;
}

}  // namespace gs::githooks
