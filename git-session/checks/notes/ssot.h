#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/glob.h"
#include "base/repo_path.h"
#include "git/repository.h"
#include "session/finding.h"

namespace gs::checks {

struct SsotOptions {
  std::vector<std::string> files;  // single-source-of-truth files, from the top of the work tree
  long freshness_days = 5;
  std::string rules;  // directory of the rule files, from the top
};
struct SsotCheck {
  std::size_t files = 0;                      // that were checked
  std::vector<session::Finding> stale;        // files that are outdated or missing
  std::vector<session::Finding> suggestions;  // what this session suggests reviewing
};
// `changed`: by the session. A file's age counts from the newest commit that touched it, or from
// its modification time if it is in no commit.
[[nodiscard]] SsotCheck check_ssot(const git::Repository& repository, const SsotOptions& options,
                                   const std::vector<RepoPath>& changed, Timestamp now);

// The path patterns of a rule file's frontmatter: `globs`, `paths`, `path` or `applyTo`, a list or
// a text with commas. Empty if it has none or cannot be read.
[[nodiscard]] std::vector<Glob> rule_patterns(std::string_view text);

// Directory and extension shared by at least five of the paths: "src/upload/*.c".
[[nodiscard]] std::vector<std::string> recurring_patterns(const std::vector<RepoPath>& paths);

}  // namespace gs::checks
