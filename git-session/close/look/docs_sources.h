#pragma once

#include "checks/notes/docs_tasks.h"
#include "close/context.h"

namespace gs::close {

// The session's docs tasks: STATE.md's, the plan's, or those of --docs-tasks.
[[nodiscard]] session::DocsTaskList find_docs_tasks(const Context& context);
// The patterns that they name, or that their audience has.
[[nodiscard]] std::vector<std::string> patterns_of(const session::DocsTaskList& list);

// What docs tasks are held against: the session's changes, and the narratives of its project in the
// vault. A narrative outside of the work tree counts as changed when it was written since the
// session started.
[[nodiscard]] checks::DocsSources docs_sources(const Context& context);

}  // namespace gs::close
