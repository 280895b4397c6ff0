#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "session/workspace.h"
#include "snapshot/store.h"

namespace gs::workflow {

struct StartRequest {
  std::string type = {};  // feature, deep, housekeeping; "": the plan's, else feature
  std::vector<long> issues = {};
  std::optional<std::string> plan = {};  // a file, as typed
  std::vector<std::string> scope = {};   // patterns
  std::string title = {};
};
struct StartResult {
  std::string session;
  std::string branch;
  std::string state_directory;
  std::optional<git::ObjectId> start_ref;
  std::size_t plan_items = 0;
  std::vector<std::string> dirty;  // paths that were already dirty: foreign to this session
  std::optional<snapshot::SaveResult> baseline;
  std::vector<std::string> warnings;
};
// Opens a session: the baseline of what is dirty already, session-plan.toml, wave-scope.json and
// last STATE.md, which makes it a session. Refuses, before anything is written, while another is
// active or paused in this state directory or a close is unfinished.
[[nodiscard]] StartResult start(const session::Workspace& workspace, const StartRequest& request,
                                const Clock& clock);

}  // namespace gs::workflow
