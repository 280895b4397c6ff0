#pragma once

#include "close/context.h"
#include "close/plan/write_plan.h"
#include "report/report.h"

// What a session leaves for people and for the next one, from the planned report.
namespace gs::close {

// session-handover/<session>.md in the state directory, for a session that is more than small.
void plan_handover(Context& context, WritePlan& plan);
// The note in the user's Claude project directory, and its line in MEMORY.md.
void plan_memory(Context& context, WritePlan& plan);
// Plans notes that were written before their issues were filed again, as files of "notes".
void plan_notes_again(Context& context);

// "#42 Retry uploads: done — 3 files", for each item.
[[nodiscard]] std::vector<std::string> outcome_lines(const report::Report& report);
// "2 of 3 items done, 1 carried over, 12 files changed"
[[nodiscard]] std::string one_line_summary(const report::Report& report);
// "Files changed: 12", for each figure that was measured.
[[nodiscard]] std::vector<std::string> figure_lines(const report::Report& report);

}  // namespace gs::close
