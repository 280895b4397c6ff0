#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "session/state_scan.h"
#include "session/workspace.h"

namespace gs::workflow {

// Private sessions whose worktree is gone.
[[nodiscard]] std::vector<session::FoundState> states_without_worktree(
    const git::Repository& repository, std::vector<std::string>& problems);

// An open session in which nothing has happened for a day, or whose worktree is gone. No process is
// bound to a session, so that this is all that shows that whoever opened it is gone.
struct SilentSession {
  std::string session;
  std::string name;                // "" if it has none
  std::optional<Timestamp> since;  // the last sign of it; absent: unknown
  bool worktree_gone = false;

  [[nodiscard]] const std::string& called() const { return name.empty() ? session : name; }
};
// Those of this work tree and of worktrees that are gone. A sign of a session is that one of its
// files was written, a snapshot of it taken, or a commit made on its branch.
[[nodiscard]] std::vector<SilentSession> silent_sessions(const session::Workspace& workspace,
                                                         Timestamp now);
// "session 'x' was last active 3 days ago: 'git session abandon …' ends it …"
[[nodiscard]] std::string describe(const SilentSession& silent, Timestamp now);
// "'git session abandon --session x' ends it without a commit, and leaves its work"
[[nodiscard]] std::string abandon_hint(const std::string& session);

}  // namespace gs::workflow
