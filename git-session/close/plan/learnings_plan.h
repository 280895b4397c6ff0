#pragma once

#include "close/context.h"
#include "close/plan/write_plan.h"

namespace gs::close {

// Names of the copies beside learnings.jsonl begin with it.
inline constexpr std::string_view kLearningsCopies = "learnings.jsonl.bak-";

// Plans learnings.jsonl as it is after this session, the copy of its previous content, and the
// removal of what `git session learn` noted; fills Context::learnings.
void plan_learnings(Context& context, WritePlan& plan);

}  // namespace gs::close
