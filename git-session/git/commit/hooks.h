#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/process/process.h"
#include "git/repository.h"

namespace gs::git {

// The user's hooks around a commit, run as `git commit` runs them (githooks(5)): at the top of the
// work tree, on the index of that commit, with their stdout on stderr.
class CommitHooks {
 public:
  explicit CommitHooks(const Repository& repository);

  // Whether git would run a hook file, or a hook in its configuration (hook.<name>.event).
  [[nodiscard]] bool exists(std::string_view name) const;
  // Its output is in `out`; a non-zero exit status refuses the commit. Runs `git hook run`, or the
  // hook itself if git is older than 2.36, which lacks that command, or if the hook reads `input`,
  // which that command passes on only in newer versions.
  [[nodiscard]] ProcessResult run(
      const std::string& name, const std::vector<std::string>& arguments,
      const std::map<std::string, std::optional<std::string>>& environment,
      const std::string& input = "") const;

 private:
  [[nodiscard]] std::string file(std::string_view name) const;

  const Repository& repository_;
  std::string directory_;  // absolute
};

// Whether `git version` is at least `major`.`minor`.
[[nodiscard]] bool is_git_at_least(const Repository& repository, int major, int minor);

}  // namespace gs::git
