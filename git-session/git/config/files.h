#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/config/values.h"

namespace gs::git {

// A file that git reads its configuration from, if it is there.
struct ConfigFile {
  std::string path;
  const char* scope;   // system, global, local, worktree
  std::string origin;  // as git names it
};
// All of them, in git's order (git-config(1), "FILES") and as the environment sets them. The
// system-wide file is expected where a packaged git has it; the worktree's own file counts only if
// extensions.worktreeConfig is on.
[[nodiscard]] std::vector<ConfigFile> config_files(const std::string& git_dir,
                                                   const std::string& common_dir,
                                                   const std::string& local_origin);

// The user's own file that `key` names ("core.attributesfile"), with "~/" resolved; by default
// `name` in git's directory for the user's configuration. "" if there is none; absent if only git
// knows.
[[nodiscard]] std::optional<std::string> user_file(const std::vector<ConfigValue>& configuration,
                                                   const std::string& key, const std::string& name);

// The configuration as `read_all_config` returns it, but read from its files in the process, in a
// tenth of the time. Absent if only git can tell: a system-wide file that is not where a packaged
// git has it, settings on the command line or in the environment, includes, unreadable files, and
// what `parse_config` leaves to git. `local_origin`: git's name for the common directory when run
// at the top of the work tree.
[[nodiscard]] std::optional<std::vector<ConfigValue>> read_config_files(
    const std::string& git_dir, const std::string& common_dir, const std::string& local_origin);

// A setting in a configuration file: section and name in lower case, a subsection as is.
struct ConfigSetting {
  std::string key;
  std::string value;  // "true" for a key without "="
};

// The settings of a git configuration file (git-config(1), "Syntax"), in order. Absent if git would
// refuse it, if versions of git differ in what they read (white space other than spaces within a
// value), or if it has an include: git decides.
[[nodiscard]] std::optional<std::vector<ConfigSetting>> parse_config(std::string_view content);

}  // namespace gs::git
