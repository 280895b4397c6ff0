#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/process/process.h"

namespace gs::git {

// The one way in which the git program is run.
class GitCommand {
 public:
  // `directory`: where git runs (-C). Git's own environment (GIT_DIR, GIT_WORK_TREE, `git -c` …) is
  // kept, so that git sees exactly the repository and configuration we were called with; changed
  // only by `environment` (relative paths in it made absolute, since git runs somewhere else).
  using Environment = std::map<std::string, std::optional<std::string>>;
  explicit GitCommand(std::string directory, Environment environment = {})
      : directory_(std::move(directory)), environment_(std::move(environment)) {}

  // Runs `git ARGS…`; the caller looks at the exit status. LC_ALL=C and no pager unless output is
  // inherited; a git that does not read all of its input has failed; optional locks are off unless
  // `options` says otherwise (GIT_OPTIONAL_LOCKS).
  [[nodiscard]] ProcessResult run(std::vector<std::string> args, ProcessOptions options = {}) const;
  // stdout, all of it, of a run that must succeed; throws with git's own words otherwise.
  [[nodiscard]] std::string output(std::vector<std::string> args,
                                   ProcessOptions options = {}) const;

  [[nodiscard]] const std::string& directory() const { return directory_; }

 private:
  std::string directory_;
  Environment environment_;
};

// What git said on stderr, without "fatal: " and the like, in one line: for a message of ours.
[[nodiscard]] std::string git_words(const ProcessResult& result);
// Whether a run failed since a lock file was there.
[[nodiscard]] bool failed_on_a_lock(const ProcessResult& result);
// Runs again, for up to two seconds, while git fails because somebody holds a lock file.
[[nodiscard]] ProcessResult run_until_unlocked(const GitCommand& git,
                                               const std::vector<std::string>& args,
                                               const ProcessOptions& options = {});
// The error of a run that failed, naming its subcommand; with a hint where a lock was held.
[[nodiscard]] Error git_failure(std::string_view subcommand, const ProcessResult& result);

// What a run said to a yes-or-no question, which git answers by exit status 0 or 1. Any other end
// is no answer, and throws.
[[nodiscard]] bool require_answer(std::string_view subcommand, const ProcessResult& result);

// Names of the variables that bind git to a repository (`git rev-parse --local-env-vars`, and
// GIT_PREFIX): a command that is not git's own (a gate) must not inherit them.
[[nodiscard]] const std::vector<std::string>& local_environment_variables();

}  // namespace gs::git
