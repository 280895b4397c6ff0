#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "session/workspace.h"
#include "snapshot/store.h"
#include "tracker/issue.h"
#include "workflow/pattern_advice.h"

namespace gs::workflow {

struct StartRequest {
  std::string type = {};  // feature, deep, housekeeping; "": the plan's, else feature
  std::vector<long> issues = {};
  std::optional<std::string> plan = {};  // a file, as typed
  std::vector<std::string> scope = {};   // patterns
  std::string title = {};
  std::string name = {};  // for --session; "" for none
};
struct StartResult {
  std::string session;
  std::string title;  // "" if it has none
  std::string branch;
  std::string name;             // "" if it has none
  std::string state_directory;  // name at the top; "" if private
  std::optional<git::ObjectId> start_ref;
  std::size_t plan_items = 0;
  std::vector<std::string> dirty;  // paths that were already dirty: foreign to this session
  std::optional<snapshot::SaveResult> baseline;
  std::vector<PatternAdvice> advice;         // of patterns that match no file
  std::vector<tracker::Issue> carried_over;  // open ones of the local tracker, not taken up
  std::vector<std::string> warnings;
};
// Opens a session: the baseline of what is dirty already, session-plan.toml, wave-scope.json and
// last STATE.md, which makes it a session. Refuses, before anything is written, while a close is
// unfinished, and while another session is open that this one could be taken for: in the same state
// directory, or a private one where neither a name nor an agent tells the two apart.
[[nodiscard]] StartResult start(const session::Workspace& workspace, const StartRequest& request,
                                const Clock& clock);

}  // namespace gs::workflow
