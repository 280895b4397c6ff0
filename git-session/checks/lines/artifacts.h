#pragma once

#include <string_view>
#include <vector>

#include "git/objects/merge.h"
#include "session/finding.h"

namespace gs::checks {

struct Artifact {
  session::Finding finding;
  bool fails = false;  // fails the gate; else a warning
};
// Conflict markers, `debugger` and its like by language, "TODO: remove" (these fail), `console.log`
// and its like (a warning, where printing is not what the code is for) in the lines that a change
// adds to `path`. A debugger that is only imported is none: what stops the program is its call.
// Markdown and other prose: conflict markers only, and not a lone "=======".
[[nodiscard]] std::vector<Artifact> find_artifacts(std::string_view path,
                                                   const std::vector<git::AddedLine>& lines);

}  // namespace gs::checks
