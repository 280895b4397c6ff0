#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/glob.h"
#include "base/repo_path.h"

namespace gs::checks {

// The path patterns of a rule file's frontmatter: `globs`, `paths`, `path` or `applyTo`, a list or
// a text with commas. Empty where it has none or cannot be read.
[[nodiscard]] std::vector<Glob> rule_patterns(std::string_view text);

// Directory and extension that at least five of the paths have in common: "src/upload/*.c".
[[nodiscard]] std::vector<std::string> recurring_patterns(const std::vector<RepoPath>& paths);

}  // namespace gs::checks
