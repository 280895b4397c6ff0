#pragma once

#include "close/context.h"
#include "close/plan/write_plan.h"
#include "report/report.h"

// What a session leaves for people and for the next one; `report` is the one that is planned.
namespace gs::close {

// session-handover/<session>.md in the state directory, for a session that is more than small.
void plan_handover(Context& context, WritePlan& plan, const report::Report& report);
// The note in the user's Claude project directory, and its line in MEMORY.md.
void plan_memory(Context& context, WritePlan& plan, const report::Report& report);

// Plans the notes of the session and its learnings in the vault of `vault-integration`.
void plan_mirrored_notes(Context& context, WritePlan& plan, const report::Report& report);

}  // namespace gs::close
