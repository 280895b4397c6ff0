#pragma once

#include <string>

#include "base/clock.h"
#include "records/learnings.h"
#include "session/workspace.h"

namespace gs::workflow {

// Notes a lesson of the active session, for its close to take up; returns the session. Throws if
// there is none, if its close is unfinished, or if the lesson contradicts an unknown learning.
[[nodiscard]] std::string note_learning(const session::Workspace& workspace,
                                        const records::Lesson& lesson, Timestamp now);

struct NotedLearnings {
  std::string session;
  std::vector<records::Lesson> lessons;
};
// What was noted in the open session and no close has taken up yet.
[[nodiscard]] NotedLearnings noted_learnings(const session::Workspace& workspace);

}  // namespace gs::workflow
