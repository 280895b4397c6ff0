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

// Closes the session of the work tree: runs the looking phases, then (unless it is a dry run)
// writes everything that they decided, step by step in the journal. Throws on errors other than a
// phase's outcome; the journal then stays for --continue.
[[nodiscard]] Result run(const session::Workspace& workspace, const Options& options,
                         const Clock& clock, Observer& observer);

struct AbortResult {
  std::string session;
  std::vector<FilePlace> restored;
  std::vector<FilePlace> left;      // changed since the close wrote them: not touched
  std::vector<MadeCommit> commits;  // that stay
  bool wrote_anything = false;
};
// Ends an unfinished close and puts back what it wrote. Throws if there is none.
[[nodiscard]] AbortResult abort(const session::Workspace& workspace, const Clock& clock);

}  // namespace gs::close
