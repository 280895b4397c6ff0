#pragma once

#include <string_view>
#include <vector>

#include "git/merge.h"
#include "session/finding.h"

namespace gs::checks {

struct Artifact {
  session::Finding finding;
  bool fails = false;  // fails the gate; else a warning
};
// Conflict markers, `debugger` and its like by language, "TODO: remove" (these fail), `console.log`
// and its like (a warning) in the lines that a change adds to `path`. Markdown and other prose:
// conflict markers only, and not a lone "=======".
[[nodiscard]] std::vector<Artifact> find_artifacts(std::string_view path,
                                                   const std::vector<git::AddedLine>& lines);

}  // namespace gs::checks
