#pragma once

#include "base/clock.h"
#include "git/status/status.h"
#include "session/workspace.h"
#include "workflow/start.h"

// What keeps a session from being opened; each throws, with the way on as its hint, and nothing has
// been written yet.
namespace gs::workflow {

// A state directory of the tree is no link: what is written through one lies elsewhere.
void require_own_directory(const session::Workspace& workspace);
void require_set_up(const session::Workspace& workspace);
void require_no_unfinished_close(const session::Workspace& workspace);
// No session is open that this one could be taken for: in its state directory, or a private one
// that neither a name nor the agent distinguishes. A paused private one does not count.
void require_no_other_session(const session::Workspace& workspace, const StartRequest& request,
                              Timestamp now);
void require_word(const std::string& name);  // as a session's name
void require_no_conflicts(const git::Status& status);
// What a pause has left half taken out would be in the baseline.
void require_no_cut_off_restore(const session::Workspace& workspace);

}  // namespace gs::workflow
