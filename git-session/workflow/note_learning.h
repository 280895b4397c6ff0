#pragma once

#include <string>

#include "base/clock.h"
#include "records/learnings.h"
#include "session/workspace.h"

namespace gs::workflow {

// Notes a lesson of the active session, for its close to take up; answers with the session. Throws
// where there is none, where a close of it is unfinished, or when it contradicts what nobody has
// learned.
[[nodiscard]] std::string note_learning(const session::Workspace& workspace,
                                        const records::Lesson& lesson, Timestamp now);

}  // namespace gs::workflow
