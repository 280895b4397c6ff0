#pragma once

#include "close/context.h"
#include "close/plan/write_plan.h"

namespace gs::close {

inline constexpr const char* kLearningsFile = ".orchestrator/metrics/learnings.jsonl";
inline constexpr const char* kLearningsCopies = ".orchestrator/metrics/learnings.jsonl.bak-";

// Plans learnings.jsonl as it is after this session, the copy of its previous content, and the
// removal of what `git session learn` noted; fills Context::learnings.
void plan_learnings(Context& context, WritePlan& plan);

}  // namespace gs::close
