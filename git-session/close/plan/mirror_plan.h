#pragma once

#include "close/context.h"
#include "close/plan/write_plan.h"
#include "report/report.h"

namespace gs::close {

// Plans the notes of the session and its learnings in the vault of `vault-integration`.
void plan_mirrored_notes(Context& context, WritePlan& plan);
// The session's note as the file of that name, less ".md".
[[nodiscard]] std::string mirrored_session_note(const report::Report& report,
                                                const std::string& slug);

}  // namespace gs::close
