#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "session/workspace.h"
#include "snapshot/restore/restore_plan.h"

namespace gs::workflow {

struct PauseRequest {
  bool shelve = false;  // the session's own changes leave work tree and index
  std::string note = {};
  bool dry_run = false;
};
struct PauseResult {
  std::string session;
  std::string name, title;  // "" if it has none
  std::string branch;       // "HEAD" for a detached one
  std::optional<git::ObjectId> head;
  std::optional<Timestamp> started_at;
  Timestamp paused_at;
  std::string note;      // "" for none
  bool already = false;  // it was paused, and nothing was left to do
  std::string snapshot;  // ref; "" if nothing was dirty
  std::vector<RepoPath> shelved;
  std::vector<RepoPath> kept;          // its own changes that stay in the tree
  std::vector<snapshot::Reason> left;  // with `shelve`: why they or others' stay
  std::vector<std::string> warnings;
};
// Sets the open session aside: its STATE.md says paused, and what is dirty is saved as `paused`.
// Its changes stay in the tree and stay its own, or are shelved: taken out of work tree and index
// by the steps of a restore, so that a kill is finished by another `pause` or taken back by
// `resume`. Of a session that is paused already it finishes that, or shelves what is left. Refuses
// while a close, an undo or a restore is unfinished.
[[nodiscard]] PauseResult pause(const session::Workspace& workspace, const PauseRequest& request,
                                const Clock& clock);

}  // namespace gs::workflow
