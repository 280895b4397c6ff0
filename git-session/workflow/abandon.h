#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "session/claim.h"
#include "session/workspace.h"

namespace gs::workflow {

struct AbandonRequest {
  bool drop_snapshots = false;
  bool is_named = false;  // by --session or GIT_SESSION: then it may be another branch's
};
struct AbandonResult {
  std::string session;
  std::string name, title;  // "" if it has none
  std::string branch;
  std::optional<Timestamp> started_at;
  std::size_t commits = 0;  // since its start
  // Uncommitted and not foreign: what stays in the tree. Empty for a session that is not the
  // checked-out branch's, or whose worktree is gone.
  std::vector<session::OwnedChange> changes;
  std::vector<std::string> kept, dropped;  // snapshots, by ref
  std::string shelved;                     // the one with work that has left the tree; "" for none
  std::string learned;                     // file with noted learnings, absolute; "" for none
  std::string record_file;                 // for people
  std::vector<std::string> warnings;
};
// Ends an open session without a close: its record says abandoned, its claims end, its work stays.
// Plan and scope of a tracked one are kept in the git directory. Interrupted, it is repeated; the
// session is over last. Refuses while its close is unfinished, without an open session, and to end
// a paused one that is not named.
[[nodiscard]] AbandonResult abandon(const session::Workspace& workspace,
                                    const AbandonRequest& request, const Clock& clock);

}  // namespace gs::workflow
