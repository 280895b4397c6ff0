#pragma once

#include "close/context.h"

namespace gs::close {

// For --pr on the remote's default branch: the session's commits move to a branch of their own,
// which is checked out then, and the default branch goes back to where it was. Index and work tree
// stay as they are. Nothing happens if a branch of that name exists, or another is checked out by
// now: the commits are pushed from where they are.
void move_to_session_branch(Context& context);
// What a kill left of that.
void finish_session_branch(Context& context);

}  // namespace gs::close
