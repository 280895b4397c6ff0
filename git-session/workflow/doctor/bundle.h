#pragma once

#include <string>
#include <vector>

#include "session/workspace.h"
#include "workflow/doctor/disguise.h"

// What goes into a bug report beside what `git session doctor` finds. Nothing here writes.
namespace gs::workflow {

struct BundlePart {
  std::string title;
  std::string text;  // lines; disguised
};

// Of this machine, the user and, if any, the repository.
[[nodiscard]] Disguise disguise_for(const session::Workspace* workspace);

// The system, and the programs that are used.
[[nodiscard]] BundlePart system_part(const Disguise& disguise);
// The keys of git's configuration that matter here; of the others the number.
[[nodiscard]] BundlePart git_config_part(const std::vector<git::ConfigValue>& config,
                                         const Disguise& disguise);
// The journal of the unfinished close, else of the last one.
[[nodiscard]] BundlePart journal_part(const session::Workspace& workspace,
                                      const Disguise& disguise);
// `recorded`: lines of trace2 events. Behind them, the end of the newest trace that GIT_TRACE2 and
// its like name.
[[nodiscard]] BundlePart trace_part(const std::string& recorded, const Disguise& disguise);

}  // namespace gs::workflow
