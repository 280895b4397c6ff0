#pragma once

#include <memory>

#include "git/repository.h"
#include "githooks/call.h"
#include "githooks/judge/violations.h"

namespace gs::githooks {

// A work tree in which a session is at work on the checked-out branch, for the hooks that judge
// what is committed or staged there.
class ActiveWorktree {
 public:
  // Null where there is nothing to judge: the commit is one of a close, no session is at work, or
  // git replays commits. What could not be read of a session that may be there is said.
  [[nodiscard]] static std::unique_ptr<ActiveWorktree> enter(const HookCall& call,
                                                             HookAnswer& answer);

  [[nodiscard]] const git::Repository& repository() const { return repository_; }
  // The session that is asked first where several are at work.
  [[nodiscard]] const session::FoundState& first() const { return at_work_.front(); }
  [[nodiscard]] const HookSession& first_session() { return reader_.read(first()); }
  [[nodiscard]] Judged judge(const std::vector<PathChange>& changes, Finder find = find_violations);
  // What of the sessions could not be read.
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

// A rebase, cherry-pick, revert, merge or am goes on: the commits are copies, or somebody else's.
[[nodiscard]] bool replays_commits(const git::Repository& repository);

// The commit that was just made is what such an operation ended in. Git has removed its traces by
// the time when post-commit runs (`git cherry-pick --continue`): what is left is the commit itself,
// and what the reflog says of it.
[[nodiscard]] bool ends_a_replay(const git::Repository& repository, const git::Commit& commit);

}  // namespace gs::githooks
