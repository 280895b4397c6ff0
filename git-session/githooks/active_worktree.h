#pragma once

#include <memory>

#include "git/repository.h"
#include "githooks/call.h"
#include "githooks/judge/violations.h"

namespace gs::githooks {

// A work tree with an active session on the checked-out branch, for the hooks that judge what is
// committed or staged there.
class ActiveWorktree {
 public:
  // Null if there is nothing to judge: a close makes the commit, no session is active, or git
  // replays commits. `answer` reports sessions that could not be read.
  [[nodiscard]] static std::unique_ptr<ActiveWorktree> enter(const HookCall& call,
                                                             HookAnswer& answer);

  [[nodiscard]] const git::Repository& repository() const { return repository_; }
  // The first session to judge by, of several active ones.
  [[nodiscard]] const session::FoundState& first() const { return at_work_.front(); }
  [[nodiscard]] const HookSession& first_session() { return reader_.read(first()); }
  [[nodiscard]] Judged judge(const std::vector<PathChange>& changes, Finder find = find_violations);
  // Reports what could not be read of the sessions.
  void say_problems(HookAnswer& answer) const;

 private:
  ActiveWorktree(RunningStates running, std::vector<session::FoundState> at_work,
                 git::Repository repository)
      : running_(std::move(running)),
        at_work_(std::move(at_work)),
        repository_(std::move(repository)),
        reader_(repository_, running_) {}

  RunningStates running_;
  std::vector<session::FoundState> at_work_;
  git::Repository repository_;
  SessionReader reader_;
};

// During a rebase, cherry-pick, revert, merge or am: the commits are copies, or another author's.
[[nodiscard]] bool replays_commits(const git::Repository& repository);

// Whether such an operation ended in the commit that was just made. Git has removed its traces
// before post-commit runs (`git cherry-pick --continue`): only the commit itself and its reflog
// message are left.
[[nodiscard]] bool ends_a_replay(const git::Repository& repository, const git::Commit& commit);

}  // namespace gs::githooks
