#pragma once

#include <string>
#include <vector>

#include "session/workspace.h"

namespace gs::workflow {

// Attributes (gitattributes(5)) by which the tracked records of two branches merge.
[[nodiscard]] const std::vector<std::string>& record_attributes();

// Puts them into info/attributes of the git directory, unless the repository says itself how these
// files merge: repositories that the plugin has set up do not, and nothing in the tree changes.
void let_records_merge(const session::Workspace& workspace);

}  // namespace gs::workflow
