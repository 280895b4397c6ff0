#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/repo_path.h"
#include "close/context.h"
#include "close/observer.h"
#include "close/options.h"
#include "close/pipeline.h"
#include "session/workspace.h"

namespace gs::close {

// Closes the session of the work tree: looking phases, then (unless it is a dry run) everything
// that they decided is written, step by step in the journal. Throws on what is no answer of a
// phase; the journal then stays for --continue.
[[nodiscard]] Result run(const session::Workspace& workspace, const Options& options,
                         const Clock& clock, Observer& observer);

struct AbortResult {
  std::string session;
  std::vector<RepoPath> restored;
  std::vector<RepoPath> left;       // changed since the close wrote them: not touched
  std::vector<MadeCommit> commits;  // that exist and stay
  bool wrote_anything = false;
};
// Ends an unfinished close and puts back what it wrote. Throws when there is none.
[[nodiscard]] AbortResult abort(const session::Workspace& workspace, const Clock& clock);

}  // namespace gs::close
