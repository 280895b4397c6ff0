#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/process/process.h"

namespace gs::git {

// The only way to run git.
class GitCommand {
 public:
  // `directory`: where git runs (-C). Git's own environment (GIT_DIR, GIT_WORK_TREE, `git -c` …) is
  // kept, so that git sees exactly the repository and configuration we were called with. Only
  // `environment` changes it (relative paths in it made absolute, since git runs in another
  // directory).
  using Environment = std::map<std::string, std::optional<std::string>>;
  explicit GitCommand(std::string directory, Environment environment = {})
      : directory_(std::move(directory)), environment_(std::move(environment)) {}

  // Runs `git ARGS…`; the caller checks the exit status. LC_ALL=C and no pager unless output is
  // inherited. A git that does not read all of its input has failed. Optional locks are off unless
  // `options` says otherwise (GIT_OPTIONAL_LOCKS).
  [[nodiscard]] ProcessResult run(std::vector<std::string> args, ProcessOptions options = {}) const;
  // The whole stdout of a run that must succeed; otherwise throws with git's message.
  [[nodiscard]] std::string output(std::vector<std::string> args,
                                   ProcessOptions options = {}) const;

  [[nodiscard]] const std::string& directory() const { return directory_; }

 private:
  std::string directory_;
  Environment environment_;
};

// Git's stderr without "fatal: " and the like, on one line, for a message of ours.
[[nodiscard]] std::string git_words(const ProcessResult& result);
// Whether a run failed because of a lock file.
[[nodiscard]] bool failed_on_a_lock(const ProcessResult& result);
// Retries for up to two seconds while git fails because another process holds a lock file.
[[nodiscard]] ProcessResult run_until_unlocked(const GitCommand& git,
                                               const std::vector<std::string>& args,
                                               const ProcessOptions& options = {});
// The error for a failed run, naming its subcommand; with a hint if a lock was held.
[[nodiscard]] Error git_failure(std::string_view subcommand, const ProcessResult& result);

// Git's answer to a yes-or-no question: exit status 0 or 1. Throws on any other.
[[nodiscard]] bool require_answer(std::string_view subcommand, const ProcessResult& result);

// Names of the variables that bind git to a repository (`git rev-parse --local-env-vars`, and
// GIT_PREFIX): a command other than git (a gate) must not inherit them.
[[nodiscard]] const std::vector<std::string>& local_environment_variables();

}  // namespace gs::git
