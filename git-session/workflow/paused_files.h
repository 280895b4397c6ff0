#pragma once

#include <optional>
#include <string>
#include <vector>

#include "session/pauses.h"
#include "session/workspace.h"

namespace gs::workflow {

// What a tracked session has in the work tree beside its work: a scope that is left there guards
// its paths without a session, a plan would be the next session's, and a changed STATE.md keeps git
// from switching to a branch that has another one. A private session has nothing there.

// The tracked session that is set aside, by its STATE.md, or taken up.
struct TrackedPlace {
  std::string session;
  std::string state_directory;  // name at the top
  std::optional<RepoPath> scope;
};

// Keeps the scope in the git directory, with `all` also plan and STATE.md, of which the work tree
// gets HEAD's version. Repeated after a kill, it finishes. `warnings`: what has to stay.
void put_aside(const session::Workspace& workspace, const TrackedPlace& place, bool all,
               std::vector<std::string>& warnings);

// What keeps `put_back` from writing: another session's STATE.md, another plan or scope. Throws.
void require_free_place(const session::Workspace& workspace, const TrackedPlace& place);
// The opposite: STATE.md still says paused afterwards.
void put_back(const session::Workspace& workspace, const TrackedPlace& place);

}  // namespace gs::workflow
