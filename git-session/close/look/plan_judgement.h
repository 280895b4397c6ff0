#pragma once

#include "close/context.h"

namespace gs::close {

// Compares the plan with Context::changes, and runs the `verify` commands that have to run: their
// earlier results hold where nothing has changed.
void judge_plan(Context& context);

// Once it is decided what is committed: Context::changes are just that. True if that changed them.
bool take_decided_changes(Context& context);

// Once it is decided what is committed: files that are left are no changes of the session, included
// ones are, and the plan is judged by that.
void judge_plan_as_decided(Context& context);

}  // namespace gs::close
