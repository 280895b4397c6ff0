#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/process.h"

namespace gs::git {

// The one way in which the git program is run.
class GitProgram {
 public:
  // `directory`: where git runs (-C). Git's own environment (GIT_DIR, GIT_WORK_TREE, `git -c` …) is
  // kept, so that git sees exactly the repository and configuration we were called with.
  explicit GitProgram(std::string directory) : directory_(std::move(directory)) {}

  // Runs `git ARGS…`; the caller looks at the exit status. LC_ALL=C and no pager unless output is
  // inherited; optional locks are off unless `options` says otherwise (GIT_OPTIONAL_LOCKS).
  [[nodiscard]] ProcessResult run(std::vector<std::string> args, ProcessOptions options = {}) const;
  // stdout of a run that must succeed; throws with git's own words otherwise.
  [[nodiscard]] std::string output(std::vector<std::string> args,
                                   ProcessOptions options = {}) const;

  [[nodiscard]] const std::string& directory() const { return directory_; }

 private:
  std::string directory_;
};

// Names of the variables that bind git to a repository (`git rev-parse --local-env-vars`, and
// GIT_PREFIX): a command that is not git's own (a gate) must not inherit them.
[[nodiscard]] const std::vector<std::string>& local_environment_variables();

}  // namespace gs::git
