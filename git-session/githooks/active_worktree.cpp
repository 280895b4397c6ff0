#include "githooks/active_worktree.h"

#include "githooks/judge/sequencer.h"

namespace gs::githooks {

std::unique_ptr<ActiveWorktree> ActiveWorktree::enter(const HookCall& call, HookAnswer& answer) {
  if (call.of_close) return nullptr;
  RunningStates running = find_running(call);
  for (const std::string& problem : running.problems) answer.add(Say::Warning, problem);
  auto at_work = sessions_at_work(running, running.branch);
  if (at_work.empty()) return nullptr;
  std::unique_ptr<ActiveWorktree> scene(new ActiveWorktree(std::move(running), std::move(at_work),
                                                           git::Repository::open(call.work_tree)));
  return replays_commits(scene->repository_) ? nullptr : std::move(scene);
}

Judged ActiveWorktree::judge(const std::vector<PathChange>& changes, Finder find) {
  return githooks::judge(reader_.read(at_work_), changes, find);
}

void ActiveWorktree::say_problems(HookAnswer& answer) const {
  for (const std::string& problem : reader_.problems()) answer.add(Say::Warning, problem);
}

}  // namespace gs::githooks
